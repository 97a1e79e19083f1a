/** An import from its file to its report: what was chosen so far, and what the host says of it. */
import { createSignal, onCleanup } from 'solid-js';
import type { Failure } from '../../../../../workspace/model/failure.ts';
import {
  type ImportField,
  type ImportPreview,
  type importFormats,
  longestText,
  type MigrationReport,
  type NameClash,
  withField,
} from '../../../../../workspace/model/migration.ts';
import type { ProxyType } from '../../../../../workspace/model/proxyAddress.ts';
import type { Params } from '../../../../ipc/contract.ts';
import { pickFile, textOf } from '../../../parts/files.ts';
import type { useHost } from '../../../shell/connection.ts';
import { t } from '../../../shell/text.ts';

export type Step = 'source' | 'mapping' | 'preview' | 'report';
export type TextFormat = (typeof importFormats)[number];
export type ProxyOrder = 'hostFirst' | 'userFirst' | 'ask';

/** A file that was chosen; its text is not shown, since it may be long. */
export interface ChosenFile {
  readonly name: string;
  readonly bytes: number;
  readonly text: string;
}

/** What can be said once it is known what is in the file. */
export interface ImportChoices {
  readonly onDuplicate: NameClash;
  readonly proxyType: ProxyType;
  readonly proxyOrder: ProxyOrder;
  readonly keepUserAgents: boolean;
}

/** Bytes of a request to the served shell, which ends connections that send more than 64 MiB. */
const largestSent = 60 * 1024 * 1024;

export type Import = ReturnType<typeof createImport>;

export function createImport(host: ReturnType<typeof useHost>) {
  const [step, setStep] = createSignal<Step>('source');
  const [from, setFrom] = createSignal<'text' | 'chromium'>('text');
  const [pasted, setPasted] = createSignal('');
  const [file, setFile] = createSignal<ChosenFile | null>(null);
  const [isTooLarge, setTooLarge] = createSignal(false);
  const [format, setFormat] = createSignal<TextFormat>('auto');
  const [header, setHeader] = createSignal(true);
  const [folder, setFolder] = createSignal('');
  const [mapping, setMapping] = createSignal<readonly ImportField[]>([]);
  const [choices, setChoices] = createSignal<ImportChoices>({
    onDuplicate: 'skip',
    proxyType: 'http',
    proxyOrder: 'ask',
    keepUserAgents: false,
  });
  const [preview, setPreview] = createSignal<ImportPreview | null>(null);
  const [report, setReport] = createSignal<MigrationReport | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [reading, setReading] = createSignal(false);
  const [running, setRunning] = createSignal(false);
  /** The part of the work that is done, from 0 to 1. */
  const [done, setDone] = createSignal(0);
  /** Answers to earlier questions are of no use any more. */
  let latest = 0;

  onCleanup(
    host.onPush((push) => {
      if (push.type !== 'progress' || push.task !== 'import' || push.total === 0) return;
      setDone(push.done / push.total);
    }),
  );

  const request = (): Params<'profiles.runImport'> => ({
    source:
      from() === 'chromium'
        ? { kind: 'chromium', path: folder().trim() }
        : {
            kind: 'text',
            name: file()?.name ?? t('import.pasted'),
            text: file()?.text ?? pasted(),
            format: format(),
            header: header(),
          },
    ...(mapping().length > 0 ? { mapping: [...mapping()] } : {}),
    ...choices(),
    proxyOrder: orderOf(choices().proxyOrder),
  });

  /** @returns what would become of it, or null with the failure shown. */
  async function ask(): Promise<ImportPreview | null> {
    const mine = ++latest;
    setReading(true);
    const answer = await host.call('profiles.readImport', request());
    if (mine !== latest) return null;
    setReading(false);
    setFailure(answer.ok ? null : answer.failure);
    if (!answer.ok) return null;
    setPreview(answer.value);
    return answer.value;
  }

  async function take(chosen: File): Promise<void> {
    setFailure(null);
    setTooLarge(chosen.size > longestText);
    if (isTooLarge()) return;
    const text = await textOf(chosen);
    setTooLarge(new Blob([JSON.stringify(text)]).size > largestSent);
    if (isTooLarge()) return;
    setFile({ name: chosen.name, bytes: chosen.size, text });
  }

  const needsMapping = () => from() === 'text' && preview()?.columns.length !== 0;

  return {
    step,
    from,
    setFrom,
    pasted,
    setPasted,
    file,
    take,
    forgetFile: () => setFile(null),
    async chooseFile() {
      const chosen = await pickFile('.csv,.tsv,.txt,.json,text/plain,text/csv,application/json');
      if (chosen) await take(chosen);
    },
    isTooLarge,
    format,
    setFormat,
    header,
    setHeader,
    folder,
    setFolder,
    mapping,
    takeAs: (column: number, field: ImportField) => {
      setMapping(withField(mapping(), column, field));
    },
    choices,
    choose(more: Partial<ImportChoices>) {
      setChoices({ ...choices(), ...more });
      void ask();
    },
    preview,
    report,
    failure,
    reading,
    running,
    done,
    needsMapping,
    hasSource: () =>
      from() === 'chromium' ? folder().trim() !== '' : file() !== null || pasted().trim() !== '',
    async readSource() {
      setMapping([]);
      const found = await ask();
      if (!found) return;
      setMapping(found.columns.map(({ field }) => field));
      setStep(found.columns.length > 0 ? 'mapping' : 'preview');
    },
    async readMapped() {
      if (await ask()) setStep('preview');
    },
    back() {
      setFailure(null);
      setStep(step() === 'preview' && needsMapping() ? 'mapping' : 'source');
    },
    async run() {
      setDone(0);
      setFailure(null);
      setRunning(true);
      const answer = await host.call('profiles.runImport', request());
      setRunning(false);
      if (!answer.ok) return void setFailure(answer.failure);
      setReport(answer.value);
      setStep('report');
    },
    end: () => void host.call('task.cancel', { task: 'import' }),
  };
}

const orderOf = (order: ProxyOrder) => (order === 'ask' ? null : order);
