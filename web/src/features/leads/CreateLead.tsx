/** A new lead: name, phone or e-mail is enough. A number that is a lead already opens that one instead. */
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/problemWords';
import { toast } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import { useStages } from '@/lib/pipeline/stages';
import { useFields } from '@/lib/records/fields';
import { can, useMe } from '@/lib/session/session';
import { parseAmount } from './amount';
import { MoneyField } from './MoneyField';
import { OwnerSelect } from './OwnerSelect';
import { placeLeads } from './place';
import { createLead, leadKeys, type Lead } from './queries';
import ReasonField, { UNSAID, whyOf } from './ReasonField';
import { RequiredFields, unanswered, type Answers } from './RequiredFields';
import { StageSelect } from './StageSelect';

const TEXTS = ['full_name', 'phone', 'email', 'company'] as const;
const LABELS = { full_name: 'name', phone: 'phone', email: 'email', company: 'company' } as const;
const TYPES = { full_name: 'text', phone: 'tel', email: 'email', company: 'text' } as const;

export default function CreateLead({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const me = useMe();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const stages = useStages();
  const [texts, setTexts] = useState<Partial<Record<(typeof TEXTS)[number], string>>>({});
  const [stage, setStage] = useState<string | null>(null);
  const [owner, setOwner] = useState<number | null>(null);
  const [amount, setAmount] = useState('');
  const [currency, setCurrency] = useState<string>(me.tenant.currency);
  const [answers, setAnswers] = useState<Answers>({});
  const [reason, setReason] = useState(UNSAID);
  const required = useFields().filter((field) => field.required);
  const lost = stages.find(({ key }) => key === stage)?.kind === 'lost';
  const why = lost ? whyOf(reason) : null;
  const value = parseAmount(amount);
  const open = (id: number) => {
    onClose();
    void navigate({ to: '/leads/$leadId', params: { leadId: id } });
  };
  const creating = useMutation({
    mutationFn: () =>
      createLead({
        ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== '')),
        ...(stage && { stage_key: stage }),
        ...(owner !== null && { owner_user_id: owner }),
        ...(value !== null && { value, currency }),
        ...why,
        ...(required.length > 0 && { custom: answers }),
      }),
    onSuccess: (lead: Lead) => {
      placeLeads(cache, [lead]);
      void cache.invalidateQueries({ queryKey: leadKeys.summaries });
      toast(t('leads.create.done', { name: lead.full_name ?? lead.phone_shown ?? lead.email ?? '' }));
      open(lead.id);
    },
  });
  const problem = creating.error ? asProblem(creating.error) : null;
  const taken = problem?.members['lead_id'];
  const somebody = (['full_name', 'phone', 'email'] as const).some((name) => texts[name]?.trim());
  const missing = [...(somebody ? [] : [t('leads.create.somebody')]), ...unanswered(required, answers), ...(lost && why === null ? [t('leads.create.reason')] : [])];
  const complete = missing.length === 0 && (amount.trim() === '' || value !== null);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (complete) creating.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={t('leads.create.title')} closeButtonProps={{ 'aria-label': t('leads.cancel') }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {TEXTS.map((name, index) => (
            <TextInput
              key={name}
              label={t(`leads.field.${LABELS[name]}`)}
              type={TYPES[name]}
              {...(index === 0 && { 'data-autofocus': true })}
              autoComplete="off"
              maxLength={200}
              value={texts[name] ?? ''}
              onChange={(event) => setTexts({ ...texts, [name]: event.currentTarget.value })}
            />
          ))}
          <MoneyField
            amount={amount}
            currency={currency}
            onAmount={setAmount}
            onCurrency={setCurrency}
            error={amount.trim() !== '' && value === null ? t('leads.badAmount') : null}
          />
          <StageSelect label={t('leads.column.stage')} stage={stage ?? stages[0]?.key ?? ''} onStage={setStage} />
          {lost && <ReasonField reason={reason} onReason={setReason} />}
          <RequiredFields fields={required} answers={answers} onAnswers={setAnswers} />
          {can(me, 'leads.assign') && <OwnerSelect label={t('leads.column.owner')} owner={owner} onOwner={setOwner} />}
          {problem && (
            <Alert color="danger" role="alert">
              {problemWords(problem, t)}
              {typeof taken === 'number' && (
                <Group mt="sm">
                  <Button variant="default" size="compact-md" onClick={() => open(taken)}>
                    {t('leads.openExisting')}
                  </Button>
                </Group>
              )}
            </Alert>
          )}
          {missing.length > 0 && (
            <Text size="sm" c="var(--nx-text2)">
              {t('leads.create.missing', { what: missing.join(', ') })}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('leads.cancel')}
            </Button>
            <Button type="submit" loading={creating.isPending} disabled={!complete}>
              {t('leads.create.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
