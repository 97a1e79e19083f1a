#!/usr/bin/env node
// The `warren` command: runs the command line on the project's own Node, whatever the machine has.
import { runToEnd, setUp } from './setup.mjs';

await setUp({ quiet: true });
process.exitCode = await runToEnd(['app/cli/main.ts', ...process.argv.slice(2)]);
