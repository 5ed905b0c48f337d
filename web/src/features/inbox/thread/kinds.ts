/** Who said a message, as the thread tells them apart (UI §2). Pure. */
import type { Message } from '@/features/inbox/queries';

export type Kind = 'customer' | 'agent' | 'person' | 'template' | 'note' | 'system';

export function kindOf(message: Pick<Message, 'direction' | 'author' | 'type'>): Kind {
  if (message.direction === 'note') return 'note';
  if (message.direction === 'in') return message.type === 'system' ? 'system' : 'customer';
  if (message.type === 'template') return 'template';
  return message.author === 'agent' ? 'agent' : message.author === 'system' ? 'system' : 'person';
}

/** Another word for whoever spoke: only where it changes the author is named. */
export function authorOf(message: Message | undefined): string {
  return message ? `${kindOf(message)} ${message.author_user_id ?? ''}` : '';
}

export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** What could be tapped under a message; a template's buttons answer with their own text. */
export function choicesOf(content: Message['content']): readonly Choice[] {
  const shown = content['shown'] as { readonly buttons?: readonly { readonly text: string }[] } | null | undefined;
  if (shown?.buttons) return shown.buttons.map(({ text }) => ({ id: text, title: text, description: '' }));
  const given = content['choices'];
  if (!Array.isArray(given)) return [];
  return given.flatMap((one: unknown) => {
    const { id, title, description } = (one ?? {}) as Record<string, unknown>;
    return typeof title === 'string'
      ? [{ id: typeof id === 'string' ? id : title, title, description: typeof description === 'string' ? description : '' }]
      : [];
  });
}

/** What brought the person: an advertisement or a post, with its own words; null for nothing. */
export function referralOf(content: Message['content']): Readonly<Record<string, unknown>> | null {
  const told = content['referral'];
  return typeof told === 'object' && told !== null ? (told as Record<string, unknown>) : null;
}
