/** Probar: a conversation with the draft as a customer would have it. Nothing leaves; what would have been done says «simulado». */
import { ActionIcon, Button, Textarea } from '@mantine/core';
import { IconRefresh, IconSend } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toastProblem } from '@/components/toast';
import styles from './Agent.module.css';
import { ExchangeView } from './ExchangeView';
import { ask, runKey, runQuery, type Asked, type Run } from './queries';

const CHIPS = ['info', 'price', 'slot'] as const;

interface Props {
  readonly agent: string;
  /** Keeps what was written before it is tried; whether that worked. */
  readonly onBefore: () => Promise<boolean>;
}

export function Playground({ agent, onBefore }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [runId, setRunId] = useState<number | null>(null);
  const [typed, setTyped] = useState('');
  const query = useQuery({ ...runQuery(runId ?? 0), enabled: runId !== null });
  const run: Run | undefined = runId === null ? undefined : query.data;
  const asking = useMutation({
    mutationFn: async (body: Asked) => ((await onBefore()) ? ask(runId, body) : null),
    onSuccess: (fresh) => {
      if (!fresh) return;
      cache.setQueryData([...runKey, fresh.id], fresh);
      setRunId(fresh.id);
      setTyped('');
    },
    onError: toastProblem,
  });
  const busy = asking.isPending || run?.state === 'thinking';
  const end = useRef<HTMLDivElement>(null);
  const shown = run?.exchanges.length ?? 0;
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' }); // some browsers answer a promise, which is no way to clean up
  }, [shown, run?.state]);
  const send = (text: string) => {
    if (text.trim() !== '' && !busy) asking.mutate({ messages: [text.trim()] });
  };
  return (
    <section className={styles['phone']} aria-labelledby="agent-try">
      <header className={styles['phoneHead']}>
        <div>
          <h2 id="agent-try">{t('agentPage.try', { name: agent })}</h2>
          <p>{t('agentPage.nothingLeaves')}</p>
        </div>
        {run && (
          <ActionIcon variant="subtle" size={36} className={styles['act'] ?? ''} aria-label={t('agentPage.startAgain')} onClick={() => setRunId(null)}>
            <IconRefresh size={18} />
          </ActionIcon>
        )}
      </header>
      <div className={styles['talk']} role="log" aria-label={t('agentPage.talk')} tabIndex={0}>
        {!run && (
          <div className={styles['begin']}>
            <p>{t('agentPage.begin')}</p>
            {CHIPS.map((chip) => (
              <Button key={chip} variant="default" size="sm" radius="xl" disabled={busy} onClick={() => send(t(`agentPage.chip.${chip}`))}>
                {t(`agentPage.chip.${chip}`)}
              </Button>
            ))}
          </div>
        )}
        {run?.exchanges.map((exchange, index) => (
          <ExchangeView
            key={exchange.asked_at}
            exchange={exchange}
            agent={agent}
            last={index === run.exchanges.length - 1 && !busy}
            onTap={(choice) => asking.mutate({ messages: [choice.title], tapped_offer_id: choice.id })}
          />
        ))}
        <div ref={end} />
      </div>
      <form
        className={styles['write']}
        onSubmit={(event) => {
          event.preventDefault();
          send(typed);
        }}
      >
        <Textarea
          aria-label={t('agentPage.writeAs')}
          placeholder={t('agentPage.writeAs')}
          autosize
          minRows={1}
          maxRows={4}
          maxLength={4096}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault();
              send(typed);
            }
          }}
        />
        <ActionIcon type="submit" variant="light" size={36} className={styles['act'] ?? ''} aria-label={t('agentPage.send')} disabled={busy || typed.trim() === ''}>
          <IconSend size={18} />
        </ActionIcon>
      </form>
    </section>
  );
}
