/** A lead's tasks: what is open first, and a line to give another. */
import { Button, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useGiveTask } from '@/components/records/taskActs';
import { TaskLine } from '@/components/records/TaskLine';
import { Waiting } from '@/components/Waiting';
import styles from '@/features/leads/Leads.module.css';
import { rowsOf } from '@/lib/query/pages';
import { tasksQuery } from '@/lib/records/tasks';
import { can, useMe } from '@/lib/session/session';
import { useTeam } from '@/lib/team/team';
import own from './Record.module.css';

export function TaskTab({ leadId }: { readonly leadId: number }) {
  const { t } = useTranslation();
  const me = useMe();
  const query = useInfiniteQuery(tasksQuery({ lead_id: leadId }));
  const tasks = rowsOf(query.data).toSorted((one, other) => Number(one.status === 'done') - Number(other.status === 'done'));
  return (
    <>
      {can(me, 'leads.write') && <NewTask leadId={leadId} />}
      {query.isPending && <Waiting rows={3} />}
      {query.isSuccess && tasks.length === 0 && <p className={styles['nothing']}>{t('record.tasks.none')}</p>}
      <ul className={own['plain']} aria-label={t('leads.tab.tasks')}>
        {tasks.map((task) => (
          <TaskLine key={task.id} task={task} />
        ))}
      </ul>
    </>
  );
}

function NewTask({ leadId }: { readonly leadId: number }) {
  const { t } = useTranslation();
  const team = useTeam().filter(({ active }) => active);
  const [title, setTitle] = useState('');
  const [due, setDue] = useState('');
  const [whose, setWhose] = useState<string | null>(null);
  const giving = useGiveTask(leadId, () => {
    setTitle('');
    setDue('');
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!title.trim() || giving.isPending) return;
    giving.mutate({
      title: title.trim(),
      due_at: due === '' ? null : new Date(due).toISOString(),
      assigned_user_id: whose === null ? null : Number(whose),
    });
  };
  return (
    <form className={own['newTask']} onSubmit={submit}>
      <TextInput label={t('record.tasks.title')} placeholder={t('record.tasks.example')} maxLength={200} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
      <TextInput type="datetime-local" label={t('record.tasks.due')} value={due} onChange={(event) => setDue(event.currentTarget.value)} />
      <Select
        label={t('record.tasks.whose')}
        placeholder={t('record.tasks.owners')}
        data={team.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={whose}
        clearable
        searchable={team.length > 8}
        onChange={setWhose}
      />
      <Button type="submit" variant="default" disabled={!title.trim()} loading={giving.isPending}>
        {t('record.tasks.give')}
      </Button>
    </form>
  );
}
