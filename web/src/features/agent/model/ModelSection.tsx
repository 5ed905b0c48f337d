/** Modelo: which models answer, in which order, at what price, and up to which cap. Saved as one, on what was read. */
import { Button, Group, NumberInput, Radio, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { toast } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { asProblem } from '@/lib/api/problem';
import { FallbackList } from './FallbackList';
import { bodyOfForm, CAPS, decimalOf, formOf, isElsewhere, judge, type ModelForm } from './form';
import styles from './Model.module.css';
import { ModelFieldset } from './ModelFieldset';
import { modelKeys, modelQuery, saveModel, type ModelView } from './queries';
import { SpendingBar } from './SpendingBar';
import { refusalWords } from './words';

export function ModelSection() {
  const { t } = useTranslation();
  const query = useQuery(modelQuery);
  return (
    <section aria-labelledby="agent-model" className={styles['section']}>
      <Title order={2} id="agent-model">
        {t('model.title')}
      </Title>
      <Text size="sm" c="var(--nx-text2)">
        {t('model.about')}
      </Text>
      <SpendingBar />
      {query.isPending && <Waiting rows={6} height={64} />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data && <ModelEditor served={query.data} />}
    </section>
  );
}

function ModelEditor({ served }: { readonly served: ModelView }) {
  const { t, i18n } = useTranslation();
  const cache = useQueryClient();
  const [draft, setDraft] = useState<{ readonly form: ModelForm; readonly base: ModelView } | null>(null);
  const [saving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const base = draft?.base ?? served;
  const form = draft?.form ?? formOf(served);
  const faults = judge(form);
  const set = (next: ModelForm) => {
    setRefusal(null);
    setDraft(JSON.stringify(next) === JSON.stringify(formOf(base)) ? null : { form: next, base });
  };
  const forget = () => {
    setDraft(null);
    setRefusal(null);
  };
  const send = async (wanted: ModelForm, on: ModelView, before: ModelForm | null) => {
    setSaving(true);
    try {
      const saved = await saveModel(bodyOfForm(wanted, on.version));
      cache.setQueryData(modelQuery.queryKey, saved);
      void cache.invalidateQueries({ queryKey: modelKeys.all });
      forget();
      toast(t('model.saved'), before === null ? undefined : () => void send(before, saved, null));
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'settings_changed') await cache.invalidateQueries({ queryKey: modelQuery.queryKey });
      setRefusal(refusalWords(problem, t));
    } finally {
      setSaving(false);
    }
  };
  const good = Object.keys(faults).length === 0;
  return (
    <form
      noValidate
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (good && draft && !saving) void send(form, base, formOf(base));
      }}
    >
      {served.may_be_demo && (
        <Radio.Group label={t('model.brain.title')} value={form.brain} onChange={(brain) => set({ ...form, brain: brain === 'demo' ? 'demo' : 'live' })}>
          <div className={styles['radios']}>
            <Radio value="demo" label={t('model.brain.demo')} description={t('model.brain.demoHelp')} />
            <Radio value="live" label={t('model.brain.live')} description={t('model.brain.liveHelp')} />
          </div>
        </Radio.Group>
      )}
      <div>
        <Title order={3}>{t('model.main')}</Title>
        <ModelFieldset
          path="main"
          fields={form.main}
          faults={faults}
          saved={draft === null && served.model !== null ? 0 : null}
          keySet={isElsewhere(form, served) ? false : served.key.is_set}
          onFields={(main) => set({ ...form, main })}
        />
        {isElsewhere(form, served) && (
          <Text size="sm" className={styles['warning'] ?? ''} role="status">
            {t('model.key.elsewhere')}
          </Text>
        )}
      </div>
      <FallbackList
        fallbacks={form.fallbacks}
        served={served.fallbacks}
        dirty={draft !== null}
        faults={faults}
        onFallbacks={(fallbacks) => set({ ...form, fallbacks })}
      />
      <div>
        <Title order={3}>{t('model.limits')}</Title>
        <Text size="sm" c="var(--nx-text2)">
          {t('model.limitsAbout')}
        </Text>
        <div className={styles['fields']}>
          {CAPS.map((name) => (
            <NumberInput
              key={name}
              label={t(`model.cap.${name}`)}
              placeholder={t('model.noCap')}
              value={form.caps[name]}
              error={faults[name] ? t(`model.fault.${faults[name]}`) : false}
              hideControls
              allowNegative={false}
              {...(name.includes('cost') ? { prefix: 'US$ ', decimalScale: 4, decimalSeparator: decimalOf(i18n.language) } : { decimalScale: 0, thousandSeparator: ' ' })}
              onChange={(typed) => set({ ...form, caps: { ...form.caps, [name]: String(typed) } })}
            />
          ))}
          <NumberInput
            label={t('model.field.outputTokens')}
            description={t('model.help.outputTokens')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={form.outputTokens}
            error={faults['outputTokens'] ? t(`model.fault.${faults['outputTokens']}`) : false}
            hideControls
            allowNegative={false}
            decimalScale={0}
            thousandSeparator=" "
            onChange={(typed) => set({ ...form, outputTokens: String(typed) })}
          />
        </div>
      </div>
      {refusal !== null && (
        <Text role="alert" className={styles['refusal'] ?? ''}>
          {refusal}
        </Text>
      )}
      {draft && (
        <Group gap="sm" className={styles['acts'] ?? ''}>
          <Button type="submit" loading={saving} disabled={!good}>
            {t('model.save')}
          </Button>
          <Button variant="default" onClick={forget}>
            {t('model.discard')}
          </Button>
        </Group>
      )}
    </form>
  );
}
