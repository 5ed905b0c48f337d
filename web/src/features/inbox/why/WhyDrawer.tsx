/** ¿Por qué?: what the agent read, was told, was refused and said, step by step (UI §4). */
import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { can, useMe } from '@/lib/session/session';
import { money } from '@/lib/i18n/format';
import { turnQuery, type Turn } from './queries';
import { chaptersOf, looseTools, secondsBetween } from './story';
import { SaveTurn } from './SaveTurn';
import { StepItem } from './StepItem';
import { ToolList } from './ToolList';
import styles from './Why.module.css';

const KEPT: readonly string[] = ['done', 'failed', 'awaiting_approval'];

interface Props {
  readonly conversationId: number;
  readonly turnId: number;
  readonly onClose: () => void;
}

export function WhyDrawer({ conversationId, turnId, onClose }: Props) {
  const { t } = useTranslation();
  const query = useQuery(turnQuery(conversationId, turnId));
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={480}
      title={t('inbox.why')}
      closeButtonProps={{ 'aria-label': t('close'), size: 44 }}
    >
      {query.data ? (
        <Story turn={query.data} />
      ) : query.data === null ? (
        <Empty>{t('why.none')}</Empty>
      ) : query.isError ? (
        <ErrorBox error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Waiting rows={5} height={40} />
      )}
    </Drawer>
  );
}

function Story({ turn }: { readonly turn: Turn }) {
  const { t, i18n } = useTranslation();
  const keeps = can(useMe(), 'agent.write');
  const seconds = turn.finished_at === null ? null : secondsBetween(turn.started_at, turn.finished_at);
  const facts = [
    t('why.turn', { id: turn.id }),
    ...(seconds === null ? [] : [t('why.seconds', { seconds: figure(seconds, i18n.language) })]),
    ...(Number(turn.cost) > 0 ? [money(turn.cost, 'USD', i18n.language)] : []),
    ...(turn.agent_version === null ? [] : [t('why.version', { number: turn.agent_version })]),
    ...(turn.brain === 'demo' ? [t('why.demo')] : []),
  ];
  return (
    <>
      <p className={styles['facts']}>{facts.join(' · ')}</p>
      <p className={styles['state']} data-state={turn.state}>
        {t(`why.state.${turn.state}`)}
      </p>
      <ol className={styles['steps']} aria-label={t('why.steps')}>
        {chaptersOf(turn).map(({ step, tools }) => (
          <StepItem key={`${step.attempt} ${step.name}`} step={step} tools={tools} replyStatus={turn.reply_status} />
        ))}
      </ol>
      <ToolList tools={looseTools(turn)} />
      {turn.attempts > 1 && <p className={styles['facts']}>{t('why.begunAgain', { count: turn.attempts })}</p>}
      {keeps && KEPT.includes(turn.state) && <SaveTurn turnId={turn.id} />}
    </>
  );
}

function figure(seconds: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(seconds);
}
