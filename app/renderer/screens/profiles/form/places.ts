/** Languages and time zones to choose from, named in the language of the window. */
import type { Choice } from '../../../parts/SelectField.tsx';

/** Common browser languages; any other tag can come in by import and is kept. */
const tags =
  'en-US en-GB en-AU en-CA en-IE en-IN en-NZ en-SG en-ZA vi-VN de-DE de-AT de-CH fr-FR fr-BE fr-CA fr-CH es-ES es-MX es-AR es-CL es-CO es-PE es-US pt-BR pt-PT it-IT nl-NL nl-BE sv-SE nb-NO da-DK fi-FI is-IS pl-PL cs-CZ sk-SK hu-HU ro-RO bg-BG el-GR hr-HR sl-SI sr-RS uk-UA ru-RU et-EE lv-LV lt-LT tr-TR he-IL ar-AE ar-EG ar-SA fa-IR hi-IN bn-BD bn-IN ta-IN te-IN mr-IN ur-PK th-TH id-ID ms-MY fil-PH km-KH my-MM zh-CN zh-HK zh-TW ja-JP ko-KR ka-GE hy-AM az-AZ kk-KZ uz-UZ sw-KE af-ZA am-ET ca-ES eu-ES gl-ES'.split(
    ' ',
  );

export function localeChoices(shownIn: string, current: string | null): Choice<string>[] {
  const names = new Intl.DisplayNames(shownIn, {
    type: 'language',
    languageDisplay: 'standard',
  });
  return withCurrent(tags, current)
    .map((tag) => ({ value: tag, label: `${names.of(tag) ?? tag} · ${tag}` }))
    .sort((a, b) => a.label.localeCompare(b.label, shownIn));
}

export function timeZoneChoices(current: string | null, at: Date): Choice<string>[] {
  return withCurrent(Intl.supportedValuesOf('timeZone'), current).map((zone) => ({
    value: zone,
    label: `${zone.replaceAll('_', ' ')} · ${offsetOf(zone, at)}`,
  }));
}

function withCurrent(known: readonly string[], current: string | null): readonly string[] {
  return current && !known.includes(current) ? [current, ...known] : known;
}

/** `GMT+2`, as it is at that moment. */
function offsetOf(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    timeZoneName: 'shortOffset',
  }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}
