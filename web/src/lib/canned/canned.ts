/** Canned replies: what is kept, and what stands in a conversation once they are filled. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { cannedKey } from './keys';

export type Canned = Schemas['CannedView'];
export type Wording = Schemas['CannedBody'];
export type Filled = Schemas['FilledReplyView'];

export const cannedQuery = queryOptions({
  queryKey: [...cannedKey, 'kept'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/chat/canned-replies', { signal })).items,
});

/** The same for one conversation, filled as far as the person is known. */
export const filledQuery = (conversation: number) =>
  queryOptions({
    queryKey: [...cannedKey, 'filled', conversation],
    queryFn: async ({ signal }) => {
      const params = { path: { conversation_id: conversation } };
      return bodyOf(await api.GET('/chat/conversations/{conversation_id}/canned-replies', { params, signal })).items;
    },
    staleTime: 30_000,
  });

/** Without accents and case, as people type in a hurry. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Those whose shortcut or title holds what was typed; a shortcut that begins with it comes first. */
export function matching(replies: readonly Filled[], typed: string): readonly Filled[] {
  const wanted = folded(typed);
  const rank = ({ shortcut, title }: Filled) =>
    shortcut.startsWith(wanted) ? 0 : shortcut.includes(wanted) ? 1 : folded(title).includes(wanted) ? 2 : 3;
  return replies.filter((reply) => rank(reply) < 3).toSorted((a, b) => rank(a) - rank(b));
}
