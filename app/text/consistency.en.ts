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
  'alignment.mixed':
    'The pool comes out in several countries ({countries}): there is none to match.',
  'alignment.noZone': '{zone} is no time zone of {country}.',
  'contradiction.localeNotListed':
    'Pages are told that {first} is read, while formats are those of {locale}, which is not in the list.',
  'contradiction.localeNotFirst': 'The language is {locale}, but {first} comes first in the list.',
  'contradiction.languageHeader':
    'The header Accept-Language is set by hand to “{header}”: servers are told something else than scripts.',
  'contradiction.mobileWithoutTouch': 'Pages are laid out as on a phone that can not be touched.',
  'contradiction.mobileWide': 'Laid out as on a phone, the page is {width} pixels wide.',
  'contradiction.mobileRatio': 'Phones have more device pixels than {ratio} for one of a page.',
  'contradiction.desktopRatio':
    'Only phones have as many as {ratio} device pixels for one of a page.',
  'contradiction.mobileUserAgent':
    'Pages are laid out as on a phone, and the user agent is a computer’s.',
  'contradiction.desktopUserAgent':
    'The user agent is a phone’s, and pages are laid out as on a computer.',
  'contradiction.placeNotAllowed': 'A place is set, but pages are not allowed to read it.',
  'contradiction.userAgentSet': 'The user agent is not the engine’s own.',
  'contradiction.localeElsewhere':
    'The language {locale} is not that of {country}, where the proxy comes out.',
  'contradiction.timeZoneElsewhere':
    'It is another time in {timeZone} than anywhere in {country}, where the proxy comes out.',
  'contradiction.timeZoneForeign':
    '{timeZone} has the same time as {country}, where the proxy comes out, but is in another country.',
  'contradiction.placeElsewhere':
    'The place is {distance} km from the nearest known one in {country}, where the proxy comes out.',
  'contradiction.placeForeign':
    'The place is nearer to another country than to {country}, where the proxy comes out: the nearest known place there is {distance} km away.',
  'contradiction.notTaken': 'Set to {set}, but pages read {reported}.',
  'contradiction.differsInside': '{what}: a page reads “{page}”, {where} “{inside}”.',
  'contradiction.headerDiffers': 'Servers are sent “{header}”, and scripts read {scripts}.',
  'contradiction.formatsDiffer':
    'Pages are told that {first} is read, while dates and numbers are written as in {locale}.',
  'contradiction.userAgentVersion':
    'The user agent says version {said}, the engine’s client hints say {real}.',
  'contradiction.userAgentSystem':
    'The user agent says {said}, scripts read {real} as the platform.',
  'contradiction.userAgentBrowser':
    'The user agent says {said}, the engine says everywhere else that it is Chromium.',
  'contradiction.workerHints':
    'With a user agent of its own, workers are told no version in client hints.',
  'contradiction.viewportLarger': 'The page ({viewport}) is larger than the screen ({screen}).',
  'contradiction.webrtcLeak': 'WebRTC offers {address}, which is not where the proxy comes out.',
  'contradiction.headless':
    'Without a window, as in runs, the engine’s user agent says HeadlessChrome. In a window it does not.',
  'contradiction.webdriver':
    'Pages are told that a program drives the browser (navigator.webdriver). Warren does not hide that.',
  'contradiction.where.frame': 'a frame of another site',
  'contradiction.where.worker': 'a worker',
  'contradiction.what.userAgent': 'User agent',
  'contradiction.what.platform': 'Platform',
  'contradiction.what.languages': 'Languages',
  'contradiction.what.locale': 'Formats',
  'contradiction.what.timeZone': 'Time zone',
  'severity.severe': 'Contradicts',
  'severity.odd': 'Unusual',
  'severity.plain': 'Good to know',
  'fix.align': 'Match the proxy’s exit',
  'fix.ownUserAgent': 'Use the engine’s own user agent',
  'fix.ownLanguages': 'Use those of the language',
  'fix.touch': 'Can be touched',
  'fix.allowPlace': 'Allow pages to read it',
  'cli.consistent': 'Nothing about {name} contradicts.',
  'session.tab.consistency': 'Consistency',
  'consistency.found': 'What does not go together',
  'consistency.found.text':
    'The settings among themselves, with the proxy’s exit, and with what the browser reports.',
  'consistency.none': 'Nothing contradicts, as far as is known.',
  'consistency.notMeasured':
    'The browser was not measured yet: only settings and exit are compared.',
  'consistency.changedSince':
    'Settings were changed since the browser was measured. Measure again to compare.',
  'consistency.exit': 'Proxy’s exit',
  'consistency.exit.text':
    'From the newest check, with tables that come with Warren. Nobody else is asked.',
  'consistency.exit.known': 'It comes out in {country} ({address}). Checked: {when}.',
  'consistency.exit.offer':
    'To match: {languages}; {timeZone}; {latitude}, {longitude}. The place is the zone’s largest city, give or take {accuracy} km: the table of addresses knows countries only.',
  'consistency.measured': 'Set and reported',
  'consistency.measured.text':
    'Measuring opens a browser without a window, with these settings, without this profile’s session and without a network.',
  'consistency.measure': 'Measure',
  'consistency.measuring': 'Measuring …',
  'consistency.setting': 'Setting',
  'consistency.set': 'Set',
  'consistency.reported': 'Reported',
  'consistency.line.languages': 'Languages',
  'consistency.line.header': 'Accept-Language',
  'consistency.line.formats': 'Formats',
  'consistency.line.hints': 'Client hints',
  'consistency.line.platform': 'Platform',
  'consistency.line.machine': 'Machine',
  'consistency.line.webrtc': 'WebRTC',
  'consistency.machine': '{cores} processors, {memory} GB',
  'consistency.noWebrtc': 'No address',
  'consistency.refused': 'Not told',
  'consistency.yes': 'Yes',
  'consistency.no': 'No',
  'profile.viewport.limits':
    'A window of yours starts with this size and takes the one that you give it. The screen is the device’s own there; without a window it is as large as the page.',
  'profile.locale.hint':
    'How dates and numbers are written, and what pages are told. The browser’s own menus stay in the device’s language.',
  'profile.deviceScaleFactor.hint':
    'Only without a window, or in the layout of a phone: any other window has its screen’s own.',
  'profile.isMobile.hint':
    'Layout only. User agent, platform, processors and graphics stay those of this computer, and sites can see that.',
  'profile.hasTouch.hint': 'Pages are told of a touch screen; your mouse stays a mouse.',
  'profile.place.limits': 'It does not change where your address is registered.',
  'profile.extraHeaders.limits':
    'A header that a browser writes itself, Accept-Language above all, then contradicts what scripts read.',
  'profile.unchanged': 'What stays this computer’s own',
  'profile.unchanged.text':
    'Canvas, WebGL, sound, fonts, processors and memory: the engine has no setting for them, Warren changes none of them. That a program drives the browser is told to pages (navigator.webdriver). Behind a proxy WebRTC has no way out of its own.',
} as const;
