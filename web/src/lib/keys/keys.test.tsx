import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { enableLetters, press, useShortcut } from './keys';

function Page({ keys, run }: { readonly keys: string; readonly run: () => void }) {
  useShortcut(keys, 'does something', run);
  return <input aria-label="field" />;
}

const key = (name: string) => new KeyboardEvent('keydown', { key: name, cancelable: true });

afterEach(() => {
  cleanup();
  enableLetters(true);
});

describe('shortcuts', () => {
  it('run by their key while the page is there', () => {
    const run = vi.fn();
    const page = render(<Page keys="t" run={run} />);
    expect(press(key('T'))).toBe(true);
    page.unmount();
    expect(press(key('t'))).toBe(false);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('run by two keys in a row, soon enough', () => {
    const run = vi.fn();
    render(<Page keys="g l" run={run} />);
    press(key('g'), 0);
    expect(press(key('l'), 500)).toBe(true);
    press(key('g'), 0);
    expect(press(key('l'), 5000)).toBe(false);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('stay silent while somebody types', () => {
    const run = vi.fn();
    const page = render(<Page keys="t" run={run} />);
    const typed = key('t');
    page.getByLabelText('field').addEventListener('keydown', (event) => press(event));
    page.getByLabelText('field').dispatchEvent(typed);
    expect(run).not.toHaveBeenCalled();
  });

  it('can be switched off where they are letters', () => {
    const run = vi.fn();
    render(<Page keys="t" run={run} />);
    enableLetters(false);
    expect(press(key('t'))).toBe(false);
  });
});
