// What GraphQL Code Generator's client preset makes of a schema and of the questions in a folder:
//   node codegen.mjs SCHEMA FOLDER…     writes gql/ into each
// A project of one's own runs its command line, with the same settings in codegen.ts.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildASTSchema, parse } from 'graphql';

const config = {
  // A day is text, as it is sent: made a Date, it is the day before to whoever is west of Greenwich.
  scalars: { Date: 'string', DateTime: 'string' },
  strictScalars: true,
  defaultScalarType: 'unknown',
  useTypeImports: true,
  immutableTypes: true,
};

const [schemaFile, ...folders] = process.argv.slice(2);
const schema = parse(readFileSync(schemaFile, 'utf8'));
const schemaAst = buildASTSchema(schema);

for (const folder of folders) {
  const questions = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
  const documents = questions.map((location) => {
    const rawSDL = readFileSync(join(folder, location), 'utf8');
    return { location, rawSDL, document: parse(rawSDL) };
  });
  const presetConfig = { fragmentMasking: false, persistedDocuments: true };
  const asked = { schema, schemaAst, documents, config, presetConfig };
  const alone = { plugins: [], pluginMap: {}, pluginContext: {} };
  const baseOutputDir = join(folder, 'gql/');
  mkdirSync(baseOutputDir, { recursive: true });
  for (const file of await preset.buildGeneratesSection({ baseOutputDir, ...asked, ...alone })) {
    writeFileSync(file.filename, await codegen(file));
  }
}
