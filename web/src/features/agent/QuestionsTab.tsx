/** Preguntas: what the agent finds out, in order; each may be moved by keyboard as well. */
import { ActionIcon, Button, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { toast } from '@/components/toast';
import styles from './Agent.module.css';
import type { Question } from './queries';
import type { Writing } from './useScript';

const TOPICS = ['need', 'timeline', 'budget', 'decision_maker', 'other'] as const;
const MOST = 10;

export function QuestionsTab({ writing }: { readonly writing: Writing }) {
  const { t } = useTranslation();
  const questions = writing.script.questions as readonly Question[];
  const put = (next: readonly Question[]) => writing.set({ questions: [...next] });
  const move = (from: number, to: number) => {
    const moved = questions[from];
    if (moved !== undefined) put(questions.toSpliced(from, 1).toSpliced(to, 0, moved));
  };
  return (
    <Stack gap="md">
      <Text size="sm" c="var(--nx-text2)">
        {t('agentPage.means.questions')}
      </Text>
      <ol className={styles['questions']} aria-label={t('agentPage.field.questions')}>
        {questions.map((question, index) => (
          <li key={index}>
            <TextInput
              aria-label={t('agentPage.question', { number: index + 1 })}
              value={question.text}
              maxLength={200}
              onChange={(event) => put(questions.with(index, { ...question, text: event.currentTarget.value }))}
            />
            <Select
              aria-label={t('agentPage.topicOf', { number: index + 1 })}
              allowDeselect={false}
              data={TOPICS.map((value) => ({ value, label: t(`agentPage.topic.${value}`) }))}
              value={question.topic}
              onChange={(topic) => topic !== null && put(questions.with(index, { ...question, topic: topic }))}
            />
            <div className={styles['acts']}>
              <Act name={t('agentPage.up', { number: index + 1 })} off={index === 0} run={() => move(index, index - 1)}>
                <IconArrowUp size={18} />
              </Act>
              <Act name={t('agentPage.down', { number: index + 1 })} off={index === questions.length - 1} run={() => move(index, index + 1)}>
                <IconArrowDown size={18} />
              </Act>
              <Act
                name={t('agentPage.removeQuestion', { number: index + 1 })}
                run={() => {
                  put(questions.toSpliced(index, 1));
                  toast(t('agentPage.questionRemoved'), () => put(questions));
                }}
              >
                <IconTrash size={18} />
              </Act>
            </div>
          </li>
        ))}
      </ol>
      {writing.wrong.questions !== undefined && (
        <Text size="sm" c="var(--nx-danger-fg)" role="alert">
          {writing.wrong.questions}
        </Text>
      )}
      {questions.length < MOST && (
        <Button
          variant="default"
          w="fit-content"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => put([...questions, { topic: 'other', text: '' }])}
        >
          {t('agentPage.addQuestion')}
        </Button>
      )}
    </Stack>
  );
}

interface ActProps {
  readonly name: string;
  readonly off?: boolean;
  readonly run: () => void;
  readonly children: React.ReactNode;
}

function Act({ name, off = false, run, children }: ActProps) {
  return (
    <ActionIcon variant="subtle" size={36} className={styles['act'] ?? ''} aria-label={name} disabled={off} onClick={run}>
      {children}
    </ActionIcon>
  );
}
