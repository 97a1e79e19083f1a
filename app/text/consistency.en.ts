/** What is said of a profile's settings, of what the browser reports, and of where they contradict, in English. */
export const consistencyEn = {
  'history.field.languages': 'languages',
  'profile.languages': 'Languages that pages are told',
  'profile.languages.hint':
    'One a line, the preferred first, such as de-DE. Empty: those that go with the language. Chromium adds the language itself (de) where only a country’s is listed (de-AT).',

  'cli.aligned': 'Set {name} to {country}: {locale}, {timeZone}, {latitude}, {longitude}.',
  'cli.alignedOthers': 'The country has other time zones: {zones}',
  'alignment.noProxy': '{name} leaves by this device’s own connection: there is no exit to match.',
  'alignment.unchecked': 'The proxy of {name} was not checked yet: its exit is not known.',
  'alignment.noCountry': 'It is not known in which country {exit} is.',
  'alignment.noZone': '{zone} is no time zone of {country}.',
} as const;
