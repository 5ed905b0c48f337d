import { renderHook, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useTitleCount, withCount } from './title';

describe('the title of the window', () => {
  it.each([
    ['Nexus', 2, '(2) Nexus'],
    ['(2) Nexus', 3, '(3) Nexus'],
    ['(99+) Nexus', 0, 'Nexus'],
    ['Ana (Ruiz) · Nexus', 100, '(99+) Ana (Ruiz) · Nexus'],
  ])('of «%s» with %d new', (title, unread, shown) => expect(withCount(title, unread)).toBe(shown));

  it('keeps the count when a page renames itself, and loses it with the bell', async () => {
    document.title = 'Nexus';
    const { unmount } = renderHook(() => useTitleCount(2));
    expect(document.title).toBe('(2) Nexus');
    document.title = 'Leads';
    await waitFor(() => expect(document.title).toBe('(2) Leads'));
    unmount();
    expect(document.title).toBe('Leads');
  });
});
