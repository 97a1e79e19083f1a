/** What is set beside what a browser with these settings reports. */
import { For } from 'solid-js';
import type { Measured } from '../../../../../workspace/model/consistency/measured.ts';
import { languagesOf } from '../../../../../workspace/model/places/languages.ts';
import type { ProfileInput } from '../../../../../workspace/model/profile.ts';
import type { TextKey } from '../../../../text/index.ts';
import { show, t } from '../../../shell/text.ts';

interface MeasuredTableProps {
  readonly draft: ProfileInput;
  /** Null until it was measured. */
  readonly measured: Measured | null;
}

interface Line {
  readonly label: TextKey;
  /** Null where it is left to the engine or the device, or can not be set. */
  readonly set: string | null;
  readonly reported: string | null;
}

export function MeasuredTable(props: MeasuredTableProps) {
  return (
    <table class="w-full table-fixed border-collapse text-left">
      <caption class="sr-only">{t('consistency.measured')}</caption>
      <thead class="border-b border-line text-xs text-ink-3">
        <tr>
          <th class="w-32 py-1.5 font-medium">{t('consistency.setting')}</th>
          <th class="py-1.5 pl-3 font-medium">{t('consistency.set')}</th>
          <th class="py-1.5 pl-3 font-medium">{t('consistency.reported')}</th>
        </tr>
      </thead>
      <tbody>
        <For each={linesOf(props.draft, props.measured)}>
          {(line) => (
            <tr class="border-b border-line align-top">
              <th scope="row" class="py-1.5 font-medium text-ink-2">
                {t(line.label)}
              </th>
              <td class="py-1.5 pl-3 break-words text-ink-2">{line.set ?? '–'}</td>
              <td class="py-1.5 pl-3 break-words">{line.reported ?? '–'}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

function linesOf(draft: ProfileInput, measured: Measured | null): Line[] {
  const { viewport, deviceScaleFactor, geolocation } = draft;
  const page = measured?.page;
  const screen = measured?.screen;
  const languages = languagesOf(draft);
  return [
    {
      label: 'consistency.line.languages',
      set: languages.length > 0 ? languages.join(', ') : null,
      reported: page ? page.languages.join(', ') : null,
    },
    {
      label: 'consistency.line.header',
      set: null,
      reported: measured?.sent.page.acceptLanguage ?? null,
    },
    { label: 'consistency.line.formats', set: draft.locale, reported: page?.locale ?? null },
    { label: 'profile.timeZone', set: draft.timeZone, reported: page?.timeZone ?? null },
    {
      label: 'profile.place',
      set: geolocation && placeOf(geolocation),
      reported: measured && (measured.place ? placeOf(measured.place) : t('consistency.refused')),
    },
    {
      label: 'profile.viewport',
      set: sizeOf(viewport.width, viewport.height),
      reported: screen ? sizeOf(screen.viewportWidth, screen.viewportHeight) : null,
    },
    {
      label: 'profile.screen',
      set: null,
      reported: screen ? sizeOf(screen.width, screen.height) : null,
    },
    {
      label: 'profile.deviceScaleFactor',
      set: deviceScaleFactor === null ? null : show.number(deviceScaleFactor),
      reported: screen ? show.number(screen.ratio) : null,
    },
    {
      label: 'profile.hasTouch',
      set: yesOrNo(draft.hasTouch),
      reported: measured && yesOrNo(measured.touchPoints > 0),
    },
    { label: 'profile.userAgent', set: draft.userAgent, reported: page?.userAgent ?? null },
    {
      label: 'consistency.line.hints',
      set: null,
      reported: page?.clientHints
        ? [
            ...page.clientHints.brands.map(({ brand, version }) => `${brand} ${version}`),
            page.clientHints.platform,
          ].join(', ')
        : null,
    },
    { label: 'consistency.line.platform', set: null, reported: page?.platform ?? null },
    {
      label: 'consistency.line.machine',
      set: null,
      reported: page
        ? t('consistency.machine', { cores: page.concurrency, memory: page.memory ?? '–' })
        : null,
    },
    {
      label: 'consistency.line.webrtc',
      set: null,
      reported: measured
        ? measured.candidates.map(({ address }) => address).join(', ') || t('consistency.noWebrtc')
        : null,
    },
  ];
}

const sizeOf = (width: number, height: number): string => `${width} × ${height}`;
const yesOrNo = (value: boolean): string => t(value ? 'consistency.yes' : 'consistency.no');

const placeOf = (place: NonNullable<ProfileInput['geolocation']>): string =>
  `${show.number(place.latitude)}; ${show.number(place.longitude)}`;
