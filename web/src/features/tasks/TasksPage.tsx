/** Tareas: what the team shall do about its leads, one's own first, what is late apart. */
import { Button, SegmentedControl, Stack, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { TaskLine } from '@/components/records/TaskLine';
import { Waiting } from '@/components/Waiting';
import { rowsOf } from '@/lib/query/pages';
import { tasksQuery } from '@/lib/records/tasks';
import { TABS, type TaskTabName } from './search';
import styles from './Tasks.module.css';

export function TasksPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { which: tab = 'mine' } = useSearch({ from: '/shell/tasks' });
  const query = useInfiniteQuery(tasksQuery(tab === 'done' ? { status: 'done' } : { which: tab, status: 'open' }));
  const tasks = rowsOf(query.data);
  const show = (which: string) => void navigate({ to: '/tasks', search: which === 'mine' ? {} : { which: which as TaskTabName }, replace: true });
  return (
    <div className={styles['page']}>
      <Stack gap="md" maw={960} mx="auto">
        <Title order={1}>{t('place.tasks')}</Title>
        <SegmentedControl
          aria-label={t('tasks.which')}
          value={tab}
          onChange={show}
          data={TABS.map((value) => ({ value, label: t(`tasks.tab.${value}`) }))}
          className={styles['tabs'] ?? ''}
        />
        {query.isPending && <Waiting rows={6} />}
        {query.isError && tasks.length === 0 && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
        {query.isSuccess && tasks.length === 0 && <Empty>{t(`tasks.empty.${tab}`)}</Empty>}
        {tasks.length > 0 && (
          <ul className={styles['list']} aria-label={t(`tasks.tab.${tab}`)}>
            {tasks.map((task) => (
              <TaskLine key={task.id} task={task} withLead />
            ))}
          </ul>
        )}
        {query.hasNextPage && (
          <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('more')}
          </Button>
        )}
      </Stack>
    </div>
  );
}
