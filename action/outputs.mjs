// Prints the outputs of the action: node outputs.mjs REPORT.json
import { readFileSync } from 'node:fs';
import { argv } from 'node:process';

const { verdict, checks } = JSON.parse(readFileSync(argv[2], 'utf8'));
const failed = checks.filter((check) => check.verdict === 'fail').map(({ id }) => id);
console.log(`verdict=${verdict}\nfailed=${failed.join(',')}`);
