/** What is done with a task: changed, done, opened again, given. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { patchRow, type Pages } from '@/lib/query/pages';
import { tasksKey, type Task, type TaskChange } from '@/lib/records/tasks';

/** Shown at once, rolled back where refused; a task that is done can be opened again for as long as the notice stands. */
export function useChangeTask(): (task: Task, change: TaskChange) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const place = (task: Task) =>
    cache.setQueriesData<Pages<Task>>({ queryKey: tasksKey }, (pages) => pages && patchRow(pages, task.id, () => task));
  const changing = useMutation({
    mutationFn: async ({ task, change }: { readonly task: Task; readonly change: TaskChange }) =>
      bodyOf(await api.PATCH('/crm/tasks/{task_id}', { params: { path: { task_id: task.id } }, body: change })),
    onMutate: ({ task, change }) => place({ ...task, ...change }),
    onError: (error, { task }) => {
      place(task);
      toastProblem(error);
    },
    onSuccess: (saved, { change }) => {
      place(saved);
      if (change.status === 'done') toast(t('tasks.nowDone'), () => changing.mutate({ task: saved, change: { status: 'open' } }));
    },
    onSettled: () => cache.invalidateQueries({ queryKey: tasksKey }),
  });
  return (task, change) => changing.mutate({ task, change });
}

export function useGiveTask(leadId: number, onGiven: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (body: Schemas['NewTaskBody']) =>
      bodyOf(await api.POST('/crm/leads/{lead_id}/tasks', { params: { path: { lead_id: leadId } }, body })),
    onError: toastProblem,
    onSuccess: () => {
      onGiven();
      void cache.invalidateQueries({ queryKey: tasksKey });
    },
  });
}
