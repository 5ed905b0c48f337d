/** What nothing answered: answers that a person gave and wait for approval, and questions that still lack one. */
import { Button, Group, Text, Title } from '@mantine/core';
import { IconBulb, IconHelpCircle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Ago } from '@/components/Time';
import { toast } from '@/components/toast';
import { useTeam } from '@/lib/team/team';
import { knowledgeKey } from './keys';
import styles from './Knowledge.module.css';
import { dismiss, questionsQuery, reopen, type Question } from './queries';
import { useRefusal } from './refusals';

const FaqForm = lazy(() => import('./FaqForm'));

export function Questions({ state }: { readonly state: 'open' | 'proposed' }) {
  const { t } = useTranslation();
  const query = useQuery(questionsQuery(state));
  const [deciding, setDeciding] = useState<Question | null>(null);
  const drop = useDismiss(state);
  if (!query.data || query.data.length === 0) return null;
  const proposed = state === 'proposed';
  const Icon = proposed ? IconBulb : IconHelpCircle;
  const title = t(`knowledge.questions.${state}`);
  return (
    <section aria-label={title} className={proposed ? styles['learned'] : undefined}>
      <Title order={2} size="h4">
        <Icon size={18} aria-hidden /> {title} <span className={styles['count']}>{query.data.length}</span>
      </Title>
      <Text size="sm" c="var(--nx-text2)">
        {t(`knowledge.questionsMean.${state}`)}
      </Text>
      <ul className={styles['list']}>
        {query.data.map((question) => (
          <Line key={question.id} question={question} onDecide={() => setDeciding(question)} onDismiss={() => drop(question)} />
        ))}
      </ul>
      <Suspense>{deciding && <FaqForm id={null} learned={deciding} onClose={() => setDeciding(null)} />}</Suspense>
    </section>
  );
}

interface LineProps {
  readonly question: Question;
  readonly onDecide: () => void;
  readonly onDismiss: () => void;
}

function Line({ question, onDecide, onDismiss }: LineProps) {
  const { t } = useTranslation();
  const team = useTeam();
  const writer = team.find(({ id }) => id === question.answered_by)?.name;
  return (
    <li className={styles['line']}>
      <span className={styles['words']}>
        <span className={styles['name']}>{question.question}</span>
        {question.answer !== null && <span className={styles['whole']}>{question.answer}</span>}
        <span className={styles['meta']}>
          {writer && <>{writer} · </>}
          {question.times > 1 && <>{t('knowledge.times', { count: question.times })} · </>}
          <Ago at={question.answered_at ?? question.asked_at} /> ·{' '}
          <Link to="/inbox/$conversationId" params={{ conversationId: question.conversation_id }} className={styles['link'] ?? ''}>
            {t('knowledge.conversation')}
          </Link>
        </span>
      </span>
      <Group gap="xs" className={styles['decide'] ?? ''}>
        <Button size="compact-md" variant="default" className={styles['touch'] ?? ''} onClick={onDecide}>
          {question.answer === null ? t('knowledge.answer') : t('knowledge.review')}
        </Button>
        <Button size="compact-md" variant="subtle" className={styles['touch'] ?? ''} onClick={onDismiss}>
          {t('knowledge.dismiss')}
        </Button>
      </Group>
    </li>
  );
}

/** Gone at once; «Deshacer» brings it back. */
function useDismiss(state: 'open' | 'proposed'): (question: Question) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { tell } = useRefusal();
  const anew = () => cache.invalidateQueries({ queryKey: knowledgeKey });
  const back = useMutation({ mutationFn: reopen, onError: tell, onSettled: anew });
  const dropping = useMutation({
    mutationFn: (question: Question) => dismiss(question.id),
    onMutate: (question) => {
      cache.setQueryData(questionsQuery(state).queryKey, (list) => list?.filter(({ id }) => id !== question.id));
    },
    onSuccess: (_, question) => toast(t('knowledge.dismissed'), () => back.mutate(question.id)),
    onError: tell,
    onSettled: anew,
  });
  return (question) => dropping.mutate(question);
}
