import { beforeEach, describe, expect, it, vi } from 'vitest';
import { enterRegion, nextRegion, regionsOf } from './regions';

beforeEach(() => {
  // jsdom lays nothing out: everything counts as drawn.
  vi.spyOn(Element.prototype, 'getClientRects').mockReturnValue([{}] as unknown as DOMRectList);
});

function shell(main: string): HTMLElement {
  document.body.innerHTML = `<div><header><button>a</button></header><nav><a href="/x">b</a></nav><main>${main}</main></div>`;
  return document.body.firstElementChild as HTMLElement;
}

describe('regions', () => {
  it('are those of the shell, and the page as a whole', () => {
    expect(regionsOf(shell('<p>text</p>')).map(({ localName }) => localName)).toEqual(['header', 'nav', 'main']);
  });

  it('are the page’s own in place of the whole', () => {
    const found = regionsOf(shell('<div data-region="list"></div><div data-region="thread"></div>'));
    expect(found.map((region) => region.dataset['region'] ?? region.localName)).toEqual(['header', 'nav', 'list', 'thread']);
  });

  it('follow one another round, both ways', () => {
    const all = regionsOf(shell('<button>c</button>'));
    const inNav = document.querySelector('nav a');
    expect(nextRegion(all, inNav, 1)?.localName).toBe('main');
    expect(nextRegion(all, inNav, -1)?.localName).toBe('header');
    expect(nextRegion(all, document.querySelector('main button'), 1)?.localName).toBe('header');
    expect(nextRegion(all, document.body, 1)?.localName).toBe('header');
    expect(nextRegion(all, null, -1)?.localName).toBe('main');
  });

  it('take the focus on their first control, else themselves', () => {
    const all = regionsOf(shell('<p>text</p>'));
    all.forEach(enterRegion);
    expect(document.activeElement?.localName).toBe('main');
    enterRegion(all[1] as HTMLElement);
    expect(document.activeElement?.textContent).toBe('b');
  });
});
