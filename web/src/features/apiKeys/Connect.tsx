/** How an AI assistant is connected: the address, and what goes into its settings. The key itself stands in neither. */
import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyText } from '@/components/CopyText';
import styles from './ApiKeys.module.css';

export function Connect() {
  const { t } = useTranslation();
  const address = `${location.origin}/mcp`;
  const remote = { mcpServers: { nexus: { type: 'http', url: address, headers: { Authorization: 'Bearer nxk_…' } } } };
  return (
    <section aria-labelledby="keys-connect" className={styles['connect']}>
      <Title order={2} size="h4" id="keys-connect">
        {t('apiKeys.connect')}
      </Title>
      <Text size="sm" c="var(--nx-text2)" maw={640}>
        {t('apiKeys.connectText')}
      </Text>
      <Stack gap="md" mt="sm">
        <CopyText label={t('apiKeys.address')} text={address} />
        <CopyText label={t('apiKeys.remote')} text={JSON.stringify(remote, null, 2)} />
        <CopyText label={t('apiKeys.local')} text={`nexus mcp --url ${location.origin} --key-file nexus.key`} />
      </Stack>
    </section>
  );
}
