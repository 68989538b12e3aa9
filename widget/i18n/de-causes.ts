import type { Dictionary } from './translate.js';

/** Why a call failed, and what to do about it. */
export const deCauses = {
  'cause.auth': 'Der Schlüssel wurde abgelehnt.',
  'fix.auth': 'Prüfen Sie, ob er vollständig, nicht abgelaufen und für dieses Modell zugelassen ist.',
  'cause.model_not_found': 'Der Endpunkt kennt dieses Modell nicht.',
  'fix.model_not_found': 'Prüfen Sie den genauen Namen und die Adresse: Ein fehlendes /v1 sieht genauso aus.',
  'cause.rate_limited': 'Der Endpunkt sagt: zu viele Anfragen.',
  'fix.rate_limited': 'Warten Sie etwas oder wählen Sie weniger gleichzeitige Aufrufe.',
  'cause.bad_request': 'Der Endpunkt hat die Anfrage nicht angenommen.',
  'fix.bad_request': 'Seine eigenen Worte stehen unten. Oft ist es eine Einstellung, die dieses Modell nicht kennt.',
  'cause.quota': 'Das Konto hat kein Guthaben oder Kontingent mehr.',
  'fix.quota': 'Laden Sie Guthaben nach oder nehmen Sie einen anderen Schlüssel.',
  'cause.server_error': 'Der Endpunkt hatte selbst einen Fehler.',
  'fix.server_error':
    'Versuchen Sie es noch einmal; bleibt es dabei, sehen Sie auf der Statusseite Ihres Anbieters nach.',
  'cause.timeout': 'Der Endpunkt hat nicht rechtzeitig geantwortet.',
  'fix.timeout':
    'Ein kaltes Modell braucht vielleicht eine Minute: Versuchen Sie es noch einmal oder senken Sie die Token-Grenze.',
  'cause.connection': 'Der Endpunkt war nicht erreichbar.',
  'fix.connection': 'Prüfen Sie Adresse und Port und ob der Server läuft und öffentlich ist.',
  'cause.tls': 'Das Zertifikat des Endpunkts ist nicht gültig.',
  'fix.tls': 'Nehmen Sie den Namen, für den es ausgestellt ist, oder lassen Sie es erneuern.',
  'cause.dns': 'Diesen Namen gibt es nicht.',
  'fix.dns': 'Prüfen Sie die Adresse auf Tippfehler.',
  'cause.blocked_address': 'Diese Adresse ist nicht erlaubt.',
  'fix.blocked_address':
    'Sie muss mit https:// beginnen, einen öffentlichen Host nennen, keine private Adresse und keinen reservierten Namen wie .local oder .example, einen üblichen Port von Modellservern haben und darf weder Benutzernamen noch Passwort enthalten. Ein eigener Server braucht eine öffentliche Adresse oder einen Tunnel.',
  'cause.redirect': 'Der Endpunkt schickt uns woandershin.',
  'fix.redirect': 'Zum Schutz Ihres Schlüssels folgen wir nicht. Geben Sie die endgültige Adresse ein.',
  'cause.invalid_response': 'Die Antwort ist nicht im Chat-Format von OpenAI.',
  'fix.invalid_response': 'Prüfen Sie die Adresse: Vielleicht ist das eine Webseite und keine API.',
  'cause.response_too_large': 'Die Antwort war zu groß.',
  'fix.response_too_large': 'Senken Sie die Token-Grenze.',
  'cause.content_filter': 'Der Inhaltsfilter des Anbieters hat die Antwort angehalten.',
  'fix.content_filter': 'Ändern Sie den Prompt oder die Einstellungen des Filters bei Ihrem Anbieter.',
  'cause.interrupted': 'Die Antwort brach ab.',
  'fix.interrupted': 'Versuchen Sie es noch einmal; bleibt es dabei, schließt der Endpunkt Verbindungen zu früh.',
  'cause.cancelled': 'Dieser Prompt wurde nicht gesendet.',
  'fix.cancelled': 'Der Lauf endete, bevor er an der Reihe war.',
} satisfies Partial<Dictionary>;
