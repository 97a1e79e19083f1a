import { describe, expect, it } from 'vitest';
import { StepError } from '../steps/definition.ts';
import { classify } from './classify.ts';

const covered = `locator.fill: Timeout 400ms exceeded.
Call log:
\u001b[2m  - waiting for locator('#name')\u001b[22m
    - locator resolved to <input id="name"/>
    - fill("my secret")
  2 × waiting for element to be visible, enabled and editable
    - element is not enabled
    - element is not enabled`;

describe('reasons of errors', () => {
  it.each([
    ['page.goto: net::ERR_NAME_NOT_RESOLVED at http://x.invalid/', 'urlNotResolved'],
    ['page.goto: net::ERR_CONNECTION_REFUSED at http://127.0.0.1/', 'pageNotLoaded'],
    ['page.goto: Timeout 30000ms exceeded.', 'pageNotLoaded'],
    ['page.goto: net::ERR_UNSAFE_PORT at http://127.0.0.1:1/', 'urlRefused'],
    ['locator.click: Timeout 30000ms exceeded.', 'timeout'],
    ['locator.click: Target page, context or browser has been closed', 'browserLost'],
    ['locator.click: Target crashed', 'pageCrashed'],
    ['something nobody has seen', 'unexpected'],
  ])('%s', (message, reason) => {
    expect(classify(new Error(message)).reason).toBe(reason);
  });

  it('keep what explains and leave out what was typed', () => {
    const { detail } = classify(new Error(covered));
    expect(detail).toContain('Timeout 400ms exceeded');
    expect(detail).toContain('element is not enabled');
    expect(detail).not.toContain('my secret');
  });

  it('keep the words of our own', () => {
    const failure = { reason: 'loopLimit', detail: 'too often' };
    expect(classify(new StepError('loopLimit', 'too often'))).toEqual(failure);
    expect(classify('thrown text').reason).toBe('unexpected');
  });
});
