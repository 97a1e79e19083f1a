/** How long a passphrase would withstand guessing. The dictionaries are large and are loaded on first use. */
export type Strength = 0 | 1 | 2 | 3 | 4;

type Judge = (passphrase: string) => Strength;
let loading: Promise<Judge> | null = null;

/** Longer than this says no more about strength and takes long to judge. */
const judgedLength = 100;

export function loadStrength(): Promise<Judge> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Judge> {
  const [core, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  const judge = new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  });
  return (passphrase) => judge.check(passphrase.slice(0, judgedLength), ['warren']).score;
}
