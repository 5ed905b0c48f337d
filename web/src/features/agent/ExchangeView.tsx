/** What was written and what the agent made of it, with its reasons folded under the reply. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import styles from './Agent.module.css';
import type { Exchange } from './queries';
import { Reasons } from './Reasons';

type Choice = Exchange['choices'][number];

interface Props {
  readonly exchange: Exchange;
  readonly agent: string;
  /** The newest one, whose times may still be tapped. */
  readonly last: boolean;
  readonly onTap: (choice: Choice) => void;
}

export function ExchangeView({ exchange, agent, last, onTap }: Props) {
  const { t } = useTranslation();
  const { choices } = exchange;
  return (
    <div className={styles['exchange']}>
      {exchange.messages.map((text, index) => (
        <p key={index} className={styles['theirs']}>
          {text}
        </p>
      ))}
      {exchange.verdict === 'block' && <Badge meaning="danger">{t('agentPage.blocked')}</Badge>}
      {exchange.outcome === 'thinking' ? (
        <p className={styles['thinking']} role="status">
          ◈ {t('agentPage.thinking', { name: agent })}
        </p>
      ) : (
        <>
          {exchange.reply ? (
            <div className={styles['ours']}>
              <span className={styles['who']}>◈ {agent}</span>
              <p>{exchange.reply}</p>
            </div>
          ) : (
            <p className={styles['failed']} role="alert">
              {exchange.error?.startsWith('brain_not_configured') ? t('agentPage.noModel') : t('agentPage.noAnswer')}
            </p>
          )}
          {choices.length > 0 && (
            <div className={styles['choices']}>
              {choices.map((choice) => (
                <Button key={choice.id} variant="default" size="sm" disabled={!last} onClick={() => onTap(choice)}>
                  {choice.title}
                </Button>
              ))}
            </div>
          )}
          <Reasons exchange={exchange} />
        </>
      )}
    </div>
  );
}
