/** Pregúntale: which passages the agent would be given for a question, how well each fits, and nothing else happens. */
import { Button, Text, TextInput, Title, UnstyledButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toastProblem } from '@/components/toast';
import styles from './Knowledge.module.css';
import { withoutHeading } from './heading';
import { ask, type Hit } from './queries';

export function AskBox({ onOpen }: { readonly onOpen: (document: number) => void }) {
  const { t } = useTranslation();
  const [question, setQuestion] = useState('');
  const asking = useMutation({ mutationFn: ask, onError: toastProblem });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (question.trim() !== '') asking.mutate(question);
  };
  return (
    <section className={styles['box']} aria-label={t('knowledge.ask.title')}>
      <Title order={2} size="h4">
        {t('knowledge.ask.title')}
      </Title>
      <form onSubmit={submit} className={styles['ask']}>
        <TextInput
          aria-label={t('knowledge.ask.label')}
          placeholder={t('knowledge.ask.placeholder')}
          value={question}
          maxLength={1000}
          onChange={(event) => setQuestion(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={asking.isPending}>
          {t('knowledge.ask.go')}
        </Button>
      </form>
      <div role="status">
        {asking.data?.length === 0 && (
          <Text size="sm" c="var(--nx-text2)">
            {t('knowledge.ask.nothing')}
          </Text>
        )}
        {asking.data && asking.data.length > 0 && (
          <ol className={styles['hits']} aria-label={t('knowledge.ask.found')}>
            {asking.data.map((hit) => (
              <HitLine key={hit.passage.id} hit={hit} onOpen={() => onOpen(hit.passage.document_id)} />
            ))}
          </ol>
        )}
      </div>
    </section>
  );
}

function HitLine({ hit, onOpen }: { readonly hit: Hit; readonly onOpen: () => void }) {
  const { t, i18n } = useTranslation();
  const score = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 }).format(hit.score);
  return (
    <li>
      <UnstyledButton className={styles['hit'] ?? ''} onClick={onOpen}>
        <span className={styles['name']}>
          {hit.passage.heading}
          {hit.passage.page !== null && <> · {t('knowledge.page', { page: hit.passage.page })}</>}
        </span>
        <span className={styles['passage']}>{withoutHeading(hit.passage.text)}</span>
        <span className={styles['meta']}>
          {t('knowledge.ask.score', { score })} · {t(`knowledge.ask.by.${hit.by}`)}
        </span>
      </UnstyledButton>
    </li>
  );
}
