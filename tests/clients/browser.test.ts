// The page and the explorer in a real browser that reaches this machine alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { signIn, url } from './served';

const pageUrl = process.env['PAGE_ADDRESS'] ?? '';
const executablePath = process.env['CHROMIUM'] ?? '';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const inTime = { timeout: 90_000 };

// What GraphiQL brings with it: its editors and its tabs.
const OF_GRAPHIQL = [
  'critical: aria-required-children',
  'serious: color-contrast',
  'serious: nested-interactive',
  'serious: scrollable-region-focusable',
];

let browser: Browser;
before(async () => {
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
});
after(() => browser.close());

interface Seen {
  page: Page;
  elsewhere: string[];
  complaints: string[];
}

/** A new window; what it asks of other machines is refused and noted, as is what it complains of. */
async function aWindow(): Promise<Seen> {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  const seen: Seen = { page, elsewhere: [], complaints: [] };
  await page.route('**/*', (route) => {
    const { protocol, hostname } = new URL(route.request().url());
    if (hostname === '127.0.0.1' || !protocol.startsWith('http')) return route.continue();
    seen.elsewhere.push(route.request().url());
    return route.abort();
  });
  page.on('pageerror', (error) => seen.complaints.push(String(error)));
  page.on('console', (told) => told.type() === 'error' && seen.complaints.push(told.text()));
  return seen;
}

/** What a screen reader or a keyboard stumbles over, by axe. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found: { id: string; impact: string }[] = await page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, impact }) => ({ id, impact })))",
  );
  return found.map(({ id, impact }) => `${impact}: ${id}`);
}

test('the page finds, follows and listens across origins', inTime, async () => {
  const { page, elsewhere, complaints } = await aWindow();
  await page.goto(`${pageUrl}/index.html?graph=${encodeURIComponent(url)}#token=${signIn.token()}`);
  await page.getByRole('textbox').fill('Natividad Alverto Martines 2009 Gaithersburg');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('button', { name: 'Natividad Alberto Martinez Diaz' }).click();
  await page.locator('#network').getByText('Elena Martinez Diaz').waitFor();
  await page.getByRole('status').getByText('Up to date').waitFor();
  console.log('listening');
  await page.locator('#news').getByText('4 Fourth St').waitFor();
  assert.deepEqual({ elsewhere, complaints }, { elsewhere: [], complaints: [] });
  assert.deepEqual(await barriers(page), []);
});

test('the explorer answers and listens, and needs nobody else', inTime, async () => {
  const { page, elsewhere, complaints } = await aWindow();
  await page.goto(url);
  await page.getByLabel('Token').fill(signIn.token());
  await page.getByLabel('Purpose').selectOption(signIn.purpose);
  await page.getByLabel('Basis').fill(signIn.basis);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.graphiql-execute-button').click();
  const result = page.locator('.result-window');
  await result.filter({ hasText: '"children"' }).waitFor();
  await page.locator('.graphiql-query-editor .CodeMirror').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('subscription Heard { addressReported(marks: true) { __typename } }');
  // Until its tab bears the new name, the old operation's is sent along.
  await page.locator('.graphiql-tab-active').filter({ hasText: 'Heard' }).waitFor();
  await page.locator('.graphiql-execute-button').click();
  await result.filter({ hasText: '"HeardUpTo"' }).waitFor();
  assert.deepEqual({ elsewhere, complaints }, { elsewhere: [], complaints: [] });
  const ours = (await barriers(page)).filter((one) => !OF_GRAPHIQL.includes(one));
  assert.deepEqual(ours, []);
});
