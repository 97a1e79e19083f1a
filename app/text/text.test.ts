import { describe, expect, it } from 'vitest';
import { taskFailureReasons } from '../../workspace/model/run.ts';
import { formatAgo, formatDuration } from './figures.ts';
import {
  catalogues,
  failureText,
  hasText,
  humanize,
  languages,
  type Phrase,
  resolveLanguage,
  translate,
  translateOr,
} from './index.ts';

const forms = (phrase: Phrase): readonly string[] =>
  typeof phrase === 'string' ? [phrase] : [phrase.one, phrase.other];

const placeholders = (phrase: Phrase): readonly string[] =>
  [...new Set(forms(phrase).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

describe('catalogues', () => {
  const keys = Object.keys(catalogues.en).filter(hasText);

  it.each(languages)('%s has every text, and no other', (language) => {
    expect(Object.keys(catalogues[language]).sort()).toEqual([...keys].sort());
    const empty = keys.filter((key) => forms(catalogues[language][key]).some((one) => !one.trim()));
    expect(empty).toEqual([]);
  });

  it.each(languages)('%s fills in the same values', (language) => {
    const different = keys.filter(
      (key) =>
        placeholders(catalogues[language][key]).join() !== placeholders(catalogues.en[key]).join(),
    );
    expect(different).toEqual([]);
  });

  it('explain every way that a task can fail', () => {
    const missing = taskFailureReasons.filter(
      (reason) =>
        !hasText(`taskFailure.${reason}.title`) || !hasText(`taskFailure.${reason}.advice`),
    );
    expect(missing).toEqual([]);
  });
});

describe('translate', () => {
  it('fills in values and picks the form by the count', () => {
    expect(translate('en', 'workflows.steps', { count: 1 })).toBe('1 step');
    expect(translate('en', 'workflows.steps', { count: 1_200 })).toBe('1,200 steps');
    expect(translate('vi', 'workflows.steps', { count: 1_200 })).toBe('1.200 bước');
  });

  it('leaves expressions alone', () => {
    expect(translate('en', 'step.fill.hint.value')).toContain('{{ row.email }}');
  });

  it('makes a readable name of what has no text', () => {
    expect(translateOr('en', 'step.noSuchKind.title', 'noSuchKind')).toBe('No such kind');
    expect(humanize('setInputFiles')).toBe('Set input files');
  });
});

describe('failureText', () => {
  it('says what happened, what to do, and which fields', () => {
    const text = failureText('en', {
      code: 'invalid',
      issues: [{ path: 'steps[0].url', message: 'is missing' }],
    });
    expect(text.title).toContain('nothing was stored');
    expect(text.details).toEqual(['steps[0].url: is missing']);
  });

  it('names what it is about', () => {
    const text = failureText('vi', { code: 'notFound', kind: 'profile', name: 'Shop' });
    expect(text.title).toBe('Hồ sơ "Shop" không tồn tại.');
  });
});

it('shows the first preferred language that has a catalogue', () => {
  expect(resolveLanguage('system', ['fr-FR', 'vi-VN', 'en'])).toBe('vi');
  expect(resolveLanguage('system', ['fr-FR'])).toBe('en');
  expect(resolveLanguage('en', ['vi'])).toBe('en');
});

describe('figures', () => {
  it('writes durations in the units that matter', () => {
    expect(formatDuration('en', 340)).toBe('340\u00a0ms');
    expect(formatDuration('en', 3_400)).toBe('3.4\u00a0s');
    expect(formatDuration('en', 125_000)).toBe('2\u00a0min 5\u00a0s');
    expect(formatDuration('vi', 3_400)).toBe('3,4\u00a0s');
  });

  it('writes how long ago something was', () => {
    expect(formatAgo('en', 0, 30_000)).toBe('now');
    expect(formatAgo('en', 0, 180_000)).toBe('3 min. ago');
  });
});
