/** `npm run sim -- --seeds 200` or `--seed N`: runs simulated lives and says which seed fails, and why. */
import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    /** With --seed: what happens, step by step. */
    verbose: { type: 'boolean', default: false },
  },
});

if (values.seed !== undefined) {
  const { problems, trace, edits, faults } = await simulate({
    seed: Number(values.seed),
    ...(values.verbose ? { tell: (line: string) => console.log(line) } : {}),
  });
  console.log(`${trace} ${edits} edits, ${faults} faults`);
  for (const problem of problems) console.log(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
} else {
  const from = Number(values.from);
  const count = Number(values.seeds);
  let failed = 0;
  let edits = 0;
  for (let seed = from; seed < from + count; seed++) {
    const result = await simulate({ seed });
    edits += result.edits;
    if (result.problems.length === 0) continue;
    failed += 1;
    console.log(`seed ${seed}: ${result.problems[0]}`);
    console.log(`  npm run sim -- --seed ${seed}`);
  }
  console.log(`${count} seeds, ${edits} edits, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
