import { SuiteFile } from './suite-file.js';

/** `npx tsx api/suites/cli.ts > suites/suite.schema.json`, then format it. */
console.log(JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...SuiteFile }, null, 2));
