/** One message in the pages that were read of its conversation: they run from the newest to the oldest. */
import type { QueryClient } from '@tanstack/react-query';
import { patchRow, rowsOf, type Pages } from '@/lib/query/pages';
import { inboxKeys, type Message } from './queries';

/** Put a message in its place, unless it is there already: an answer may come after a later event. */
export function enterMessage(cache: QueryClient, conversation: number, message: Message): void {
  cache.setQueryData<Pages<Message>>(inboxKeys.messages(conversation), (pages) => {
    const [first, ...rest] = pages?.pages ?? [];
    if (!pages || !first || rowsOf(pages).some(({ id }) => id === message.id)) return pages;
    const items = [message, ...first.items].sort((a, b) => b.id - a.id);
    return { ...pages, pages: [{ ...first, items }, ...rest] };
  });
}

export function changeMessage(cache: QueryClient, conversation: number, id: number, fields: Partial<Message>): void {
  cache.setQueryData<Pages<Message>>(
    inboxKeys.messages(conversation),
    (pages) => pages && patchRow(pages, id, (row) => ({ ...row, ...fields })),
  );
}
