/** What is written by itself: each kind with its switch, its figures of 30 days, and what it says. */
import { Button, Stack, Switch, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { toast, toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { templateKeys } from '@/lib/templates/keys';
import type { Template } from '@/lib/templates/templates';
import { bodyOfTrigger, removeStep, setTrigger, triggersQuery, type Trigger } from './queries';
import styles from './Templates.module.css';
import { delayWords, triggerName } from './words';

const TriggerForm = lazy(() => import('./TriggerForm'));
const MOST_STEPS = 5;

interface Props {
  readonly templates: readonly Template[];
  readonly writable: boolean;
}

export function Triggers({ templates, writable }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const query = useQuery(triggersQuery);
  const [edited, setEdited] = useState<Trigger | null>(null);
  const shown = (triggers: readonly Trigger[]) => cache.setQueryData(templateKeys.triggers, [...triggers]);
  const removing = useMutation({ mutationFn: removeStep, onSuccess: shown, onError: toastProblem });
  const steps = query.data?.filter(({ kind }) => kind === 'reactivation') ?? [];
  const last = steps.at(-1);
  return (
    <Stack gap="md">
      <Text c="var(--nx-text2)" maw={680}>
        {t('templates.trigger.hint')}
      </Text>
      {query.isPending && <Waiting rows={5} height={72} />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      <ul className={styles['triggers']}>
        {query.data?.map((trigger) => (
          <Line
            key={`${trigger.kind} ${trigger.step}`}
            trigger={trigger}
            template={templates.find(({ id }) => id === trigger.template_id)}
            writable={writable}
            onEdit={() => setEdited(trigger)}
            {...(trigger === last && trigger.step > 1 && { onRemove: () => removing.mutate(trigger.step) })}
          />
        ))}
      </ul>
      {writable && last && last.template_id !== null && last.step < MOST_STEPS && (
        <Button
          variant="subtle"
          leftSection={<IconPlus size={16} aria-hidden />}
          style={{ justifySelf: 'start', alignSelf: 'flex-start' }}
          onClick={() => setEdited({ ...last, step: last.step + 1, enabled: false })}
        >
          {t('templates.trigger.addStep')}
        </Button>
      )}
      <Suspense>
        {edited && <TriggerForm trigger={edited} templates={templates} onClose={() => setEdited(null)} onSaved={shown} />}
      </Suspense>
    </Stack>
  );
}

interface LineProps {
  readonly trigger: Trigger;
  readonly template: Template | undefined;
  readonly writable: boolean;
  readonly onEdit: () => void;
  readonly onRemove?: () => void;
}

function Line({ trigger, template, writable, onEdit, onRemove }: LineProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const name = triggerName(trigger, t);
  const show = (enabled: boolean) =>
    cache.setQueryData(triggersQuery.queryKey, (rows) =>
      rows?.map((row) => (row.kind === trigger.kind && row.step === trigger.step ? { ...row, enabled } : row)),
    );
  const turning = useMutation({
    mutationFn: (enabled: boolean) => setTrigger(trigger.kind, trigger.step, { ...bodyOfTrigger(trigger), enabled }),
    onMutate: show,
    onError: (error) => {
      show(trigger.enabled);
      toastProblem(error);
    },
    onSuccess: (rows, enabled) => {
      cache.setQueryData(templateKeys.triggers, rows);
      toast(t(enabled ? 'templates.trigger.turnedOn' : 'templates.trigger.turnedOff', { name }), () => turning.mutate(!enabled));
    },
  });
  const figures = (['pending', 'sent', 'cancelled', 'refused'] as const).filter((each) => trigger[each] > 0);
  return (
    <li className={styles['trigger']}>
      <div>
        <Title order={3}>{name}</Title>
        <p className={styles['said']}>
          {template ? `${template.name} · ${delayWords(trigger, t)}` : t('templates.trigger.unset')}
        </p>
        {figures.length > 0 && (
          <p className={styles['figures']}>
            {figures.map((each) => t(`templates.trigger.figure.${each}`, { count: trigger[each] })).join(' · ')}
          </p>
        )}
      </div>
      <span className={styles['switch']}>
        <Switch
          checked={trigger.enabled}
          disabled={!writable || template === undefined}
          aria-label={name}
          onChange={(event) => turning.mutate(event.currentTarget.checked)}
        />
      </span>
      {writable && (
        <Button.Group>
          <Button size="compact-sm" variant="default" aria-label={t('templates.trigger.editName', { name })} onClick={onEdit}>
            {t('templates.trigger.edit')}
          </Button>
          {onRemove && (
            <Button size="compact-sm" variant="default" aria-label={t('templates.trigger.removeName', { name })} onClick={onRemove}>
              {t('templates.trigger.remove')}
            </Button>
          )}
        </Button.Group>
      )}
    </li>
  );
}
