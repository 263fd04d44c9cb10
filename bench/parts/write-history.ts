/** A process of its own, so that what writing a long history takes is not measured as what reading it takes. */
import { writeHistory } from './long-history.ts';

const [path = '', length = '0'] = process.argv.slice(2);
await writeHistory(path, Number(length));
