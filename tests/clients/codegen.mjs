// What GraphQL Code Generator's client preset makes of our schema and of the page's questions:
//   node codegen.mjs SCHEMA.graphql FOLDER     writes FOLDER/gql/
// A project of one's own runs its command line, with the same settings in codegen.ts.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { buildSchema, parse } from 'graphql';

const settings = {
  // A day and a moment are text, as they are sent: a Date would give the day before to whoever
  // is west of Greenwich.
  scalars: { Date: 'string', DateTime: 'string' },
  strictScalars: true,
  defaultScalarType: 'unknown',
  useTypeImports: true,
  immutableTypes: true,
};

const [schemaFile, folder] = process.argv.slice(2);
const schemaAst = buildSchema(readFileSync(schemaFile, 'utf8'));
const documents = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => {
    const rawSDL = readFileSync(join(folder, name), 'utf8');
    return { location: name, rawSDL, document: parse(rawSDL) };
  });
const files = await preset.buildGeneratesSection({
  baseOutputDir: join(folder, 'gql/'),
  schema: parse(readFileSync(schemaFile, 'utf8')),
  schemaAst,
  documents,
  config: settings,
  presetConfig: { fragmentMasking: false },
  plugins: [],
  pluginMap: {},
  pluginContext: {},
});
mkdirSync(join(folder, 'gql'), { recursive: true });
for (const file of files) {
  writeFileSync(join(folder, 'gql', basename(file.filename)), await codegen(file));
}
