/** A task: done with one press, its time and its hand in words; late ones say so. */
import { Anchor, Checkbox, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { clock, exact, weekday } from '@/lib/i18n/format';
import type { Task } from '@/lib/records/tasks';
import { can, useMe } from '@/lib/session/session';
import { useMemberName } from '@/lib/team/team';
import { useNow } from '@/lib/time/useNow';
import { useChangeTask } from './taskActs';
import styles from './TaskLine.module.css';

const KINDS = ['person_requested', 'blocked_message', 'agent_failed', 'send_failed', 'follow_up', 'audio_unheard', 'send_uncertain',
  'calendar_conflict'] as const;

interface Props {
  readonly task: Task;
  /** On the page of all tasks, the way to the lead. */
  readonly withLead?: boolean;
}

export function TaskLine({ task, withLead = false }: Props) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const now = useNow();
  const change = useChangeTask();
  const whose = useMemberName(task.assigned_user_id ?? task.owner_user_id);
  const done = task.status === 'done';
  const late = !done && task.due_at !== null && Date.parse(task.due_at) < now;
  const kind = KINDS.find((known) => known === task.kind);
  const title = task.title ?? (kind ? t(`leads.told.tasks.${kind}`) : task.reason);
  return (
    <li className={styles['task']} data-done={done}>
      <Checkbox
        checked={done}
        disabled={!can(me, 'leads.write')}
        aria-label={done ? t('tasks.reopen', { title }) : t('tasks.do', { title })}
        onChange={() => change(task, { status: done ? 'open' : 'done' })}
      />
      <div className={styles['what']}>
        <Text size="md" className={styles['title'] ?? ''}>
          {title}
        </Text>
        {task.kind !== 'manual' && task.reason !== '' && (
          <Text size="sm" c="var(--nx-text2)">
            {task.reason}
          </Text>
        )}
        <Text size="sm" c="var(--nx-text2)" component="p" className={styles['facts'] ?? ''}>
          {withLead && (
            <Anchor component={Link} to={`/leads/${task.lead_id}`} size="sm">
              {task.lead_name ?? t('leads.nameless')}
            </Anchor>
          )}
          {task.due_at !== null && <time dateTime={task.due_at} title={exact(task.due_at, i18n.language)}>{`${weekday(task.due_at, i18n.language)}, ${clock(task.due_at, i18n.language)}`}</time>}
          <span>{whose ?? t('leads.owner.nobody')}</span>
          {late && <Badge meaning="danger">{t('tasks.late')}</Badge>}
        </Text>
      </div>
    </li>
  );
}
