// What agents start: `node hook.js --agent NAME …`. A bundle of its own, for it is started twice for every call of a tool.
import { hookProcess } from './hookProcess';

void hookProcess(process.argv.slice(2));
