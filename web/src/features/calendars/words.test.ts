/** The address after Google's page may hold anything: only what we send there is said. */
import { describe, expect, it } from 'vitest';
import { returnOf } from './words';

describe('how a consent went', () => {
  it('is said where it is one of our words', () => {
    expect(returnOf('connected')).toBe('connected');
    expect(returnOf('scopes')).toBe('scopes');
  });

  it('is nothing else', () => {
    expect(returnOf(undefined)).toBeNull();
    expect(returnOf('<b>hacked</b>')).toBeNull();
    expect(returnOf('toString')).toBeNull();
  });
});
