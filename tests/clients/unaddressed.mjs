// Takes whose donations a package asks for out of the lock file: it names no server at all.
import { readFileSync, writeFileSync } from 'node:fs';

const file = 'package-lock.json';
const withoutAddresses = (key, value) => (key === 'funding' ? undefined : value);
const lock = JSON.parse(readFileSync(file, 'utf8'));
writeFileSync(file, `${JSON.stringify(lock, withoutAddresses, 2)}\n`);
