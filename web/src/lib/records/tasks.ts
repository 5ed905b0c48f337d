/** Tasks about leads: a page of them. */
import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { pageParams } from '@/lib/query/pages';

export type Task = Schemas['TaskView'];
export type Which = 'mine' | 'all' | 'overdue';
export type TaskChange = Partial<Pick<Task, 'status' | 'due_at' | 'assigned_user_id'>> & { readonly title?: string };

export interface WantedTasks {
  readonly which?: Which;
  readonly status?: Task['status'];
  readonly lead_id?: number;
}

export const tasksKey = ['tasks'] as const;

export const tasksQuery = (wanted: WantedTasks) =>
  infiniteQueryOptions({
    queryKey: [...tasksKey, wanted] as const,
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...wanted, cursor: pageParam, limit: 50 };
      return bodyOf(await api.GET('/crm/tasks', { params: { query }, signal }));
    },
    ...pageParams,
  });
