/** Which tasks the address asks for. */

export const TABS = ['mine', 'overdue', 'all', 'done'] as const;
export type TaskTabName = (typeof TABS)[number];

export interface TasksSearch {
  readonly which?: TaskTabName;
}

export function tasksSearch(search: { readonly which?: unknown }): TasksSearch {
  const which = TABS.find((known) => known === search.which);
  return which && which !== 'mine' ? { which } : {};
}
