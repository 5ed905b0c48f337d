/** Why a file is not to be had, in the reader's words. Pure. */
import type { Media } from '@/features/inbox/queries';

const UNSAFE: ReadonlySet<string> = new Set(['unsupported_type', 'markup', 'macros', 'empty']);

export function refusalKey({ state, reason }: Pick<Media, 'state' | 'reason'>) {
  if (state === 'gone') return 'inbox.media.gone';
  if (reason === 'too_large') return 'inbox.media.tooLarge';
  return reason !== null && UNSAFE.has(reason) ? 'inbox.media.unsafe' : 'inbox.media.unreachable';
}
