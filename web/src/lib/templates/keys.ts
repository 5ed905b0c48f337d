/** What is read of templates, by name: apart, so that the live rules of the shell bring nothing else along. */
export const templateKeys = {
  all: ['templates'] as const,
  list: ['templates', 'list'] as const,
  syncs: ['templates', 'syncs'] as const,
  triggers: ['templates', 'triggers'] as const,
  offeredIn: (conversation: number) => ['templates', 'offered', 'conversation', conversation] as const,
  offeredTo: (lead: number) => ['templates', 'offered', 'lead', lead] as const,
};
