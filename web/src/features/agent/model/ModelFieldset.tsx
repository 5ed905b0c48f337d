/** One model: whose it is, what it is called there, what it costs, whether its key is set, and a try. */
import { Button, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { IconCheck, IconKey, IconPlugConnected } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { toastProblem } from '@/components/toast';
import { decimalOf, type Fault, type ModelFields } from './form';
import styles from './Model.module.css';
import { checkModel, type Provider } from './queries';

interface Props {
  readonly path: string;
  readonly fields: ModelFields;
  readonly faults: Readonly<Record<string, Fault>>;
  /** Its place among the saved ones; none while it is not saved as it stands here. */
  readonly saved: number | null;
  /** Whether the vault has its key; none where that cannot be said before it is saved. */
  readonly keySet: boolean | null;
  readonly onFields: (fields: ModelFields) => void;
}

const PROVIDERS: readonly Provider[] = ['openai', 'anthropic', 'google'];
const PRICES = ['inputPrice', 'outputPrice'] as const;

export function ModelFieldset({ path, fields, faults, saved, keySet, onFields }: Props) {
  const { t, i18n } = useTranslation();
  const fault = (field: string) => {
    const found = faults[`${path}.${field}`];
    return found ? t(`model.fault.${found}`) : false;
  };
  return (
    <div className={styles['fields']}>
      <Select
        label={t('model.field.provider')}
        data={PROVIDERS.map((value) => ({ value, label: t(`model.provider.${value}`) }))}
        value={fields.provider}
        allowDeselect={false}
        onChange={(chosen) => {
          const provider = PROVIDERS.find((each) => each === chosen);
          if (provider) onFields({ ...fields, provider });
        }}
      />
      <TextInput
        label={t('model.field.model')}
        description={t(`model.help.model.${fields.provider}`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={fields.model}
        error={fault('model')}
        spellCheck={false}
        autoCapitalize="off"
        onChange={(event) => onFields({ ...fields, model: event.currentTarget.value })}
      />
      <TextInput
        className={styles['wide'] ?? ''}
        label={t('model.field.baseUrl')}
        description={t('model.help.baseUrl')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        type="url"
        value={fields.baseUrl}
        error={fault('baseUrl')}
        onChange={(event) => onFields({ ...fields, baseUrl: event.currentTarget.value })}
      />
      {PRICES.map((price) => (
        <NumberInput
          key={price}
          label={t(`model.field.${price}`)}
          value={fields[price]}
          error={fault(price)}
          prefix="US$ "
          hideControls
          allowNegative={false}
          decimalScale={4}
          decimalSeparator={decimalOf(i18n.language)}
          onChange={(typed) => onFields({ ...fields, [price]: String(typed) })}
        />
      ))}
      <div className={styles['key']}>
        {keySet !== null && (
          <Text size="sm" className={styles['keyState'] ?? ''} data-set={keySet}>
            {keySet ? <IconCheck size={16} aria-hidden /> : <IconKey size={16} aria-hidden />}
            {keySet ? t('model.key.set') : t('model.key.missing')}
          </Text>
        )}
        <Link to="/integrations">{keySet ? t('model.key.change') : t('model.key.give')}</Link>
        {saved !== null && keySet && <Try position={saved} name={fields.model} />}
      </div>
    </div>
  );
}

function Try({ position, name }: { readonly position: number; readonly name: string }) {
  const { t } = useTranslation();
  const trying = useMutation({ mutationFn: () => checkModel(position), onError: toastProblem });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPlugConnected size={16} aria-hidden />}
        loading={trying.isPending}
        aria-label={t('model.try.name', { name })}
        onClick={() => trying.mutate()}
      >
        {t('model.try.try')}
      </Button>
      <Text size="sm" role="status" className={styles['finding'] ?? ''} data-good={trying.data === 'ok'}>
        {trying.data && t(`model.finding.${trying.data}`)}
      </Text>
    </>
  );
}
