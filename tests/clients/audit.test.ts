// GraphQL over HTTP, by the audit of the specification's own reference server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverAudits } from 'graphql-http';
import { headers, url } from './served';

const signedIn: typeof fetch = (where, asked) =>
  fetch(where, { ...asked, headers: { ...headers, ...Object.fromEntries(new Headers(asked?.headers)) } });
const audits = serverAudits({ url, fetchFn: signedIn });

test('the audit is the whole one', () => assert.equal(audits.length, 61));

for (const audit of audits) {
  test(`${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn();
    // Questions by GET are off, which is allowed: the audit notes it.
    assert.ok(result.status === 'ok' || result.status === 'notice', JSON.stringify(result));
  });
}
