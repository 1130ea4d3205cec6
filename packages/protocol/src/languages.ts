import type { CardWords } from './card-words.ts'

/*
 * The visitor's languages besides English: what launcher and card say in them, and what a link says
 * that kept the shipped words. The panel's words are in packages/widget/languages.
 */

type Language = CardWords & {
  /** Instead of DEFAULT_STYLE's. */
  readonly shipped: {
    readonly onlineText: string
    readonly offlineText: string
    readonly greeting: string
  }
}

const all = {
  ar: {
    from: 'دعوة إلى محادثة من {name}',
    no: 'لا، شكرًا',
    yes: 'رد',
    sending: 'جارٍ الإرسال…',
    write: 'اكتب ردًا…',
    closing: 'تُغلق خلال ثوانٍ',
    keep: 'إبقاؤها مفتوحة',
    chat: 'محادثة',
    unread: {
      zero: 'لا رسائل غير مقروءة',
      one: 'رسالة واحدة غير مقروءة',
      two: 'رسالتان غير مقروءتين',
      few: '{n} رسائل غير مقروءة',
      many: '{n} رسالة غير مقروءة',
      other: '{n} رسالة غير مقروءة',
    },
    waiting: 'هناك دعوة في الانتظار',
    shipped: {
      onlineText: 'تحدث معنا',
      offlineText: 'نحن غير متاحين',
      greeting: 'كيف يمكننا مساعدتك؟',
    },
  },
  cs: {
    from: 'Pozvánka k chatu od: {name}',
    no: 'Ne, děkuji',
    yes: 'Odpovědět',
    sending: 'Odesílá se…',
    write: 'Napište odpověď…',
    closing: 'Za pár sekund se zavře',
    keep: 'Nechat otevřené',
    chat: 'Chat',
    unread: {
      one: '{n} nepřečtená zpráva',
      few: '{n} nepřečtené zprávy',
      many: '{n} nepřečtené zprávy',
      other: '{n} nepřečtených zpráv',
    },
    waiting: 'čeká pozvánka',
    shipped: {
      onlineText: 'Napište nám',
      offlineText: 'Nejsme tu',
      greeting: 'Jak vám můžeme pomoci?',
    },
  },
  da: {
    from: 'Chatinvitation fra {name}',
    no: 'Nej tak',
    yes: 'Svar',
    sending: 'Sender…',
    write: 'Skriv et svar…',
    closing: 'Lukker om få sekunder',
    keep: 'Hold den åben',
    chat: 'Chat',
    unread: { one: '{n} ulæst besked', other: '{n} ulæste beskeder' },
    waiting: 'en invitation venter',
    shipped: {
      onlineText: 'Chat med os',
      offlineText: 'Vi er her ikke',
      greeting: 'Hvordan kan vi hjælpe?',
    },
  },
  de: {
    from: 'Einladung zum Chat von {name}',
    no: 'Nein, danke',
    yes: 'Antworten',
    sending: 'Wird gesendet…',
    write: 'Antwort schreiben…',
    closing: 'Schließt in wenigen Sekunden',
    keep: 'Offen lassen',
    chat: 'Chat',
    unread: { one: '{n} ungelesene Nachricht', other: '{n} ungelesene Nachrichten' },
    waiting: 'eine Einladung wartet',
    shipped: {
      onlineText: 'Chatten Sie mit uns',
      offlineText: 'Wir sind nicht da',
      greeting: 'Wie können wir helfen?',
    },
  },
  es: {
    from: 'Invitación a chatear de {name}',
    no: 'No, gracias',
    yes: 'Responder',
    sending: 'Enviando…',
    write: 'Escriba una respuesta…',
    closing: 'Se cierra en unos segundos',
    keep: 'Dejarla abierta',
    chat: 'Chat',
    unread: {
      one: '{n} mensaje sin leer',
      many: '{n} mensajes sin leer',
      other: '{n} mensajes sin leer',
    },
    waiting: 'hay una invitación esperando',
    shipped: {
      onlineText: 'Hable con nosotros',
      offlineText: 'No estamos',
      greeting: '¿En qué podemos ayudar?',
    },
  },
  fi: {
    from: 'Keskustelukutsu: {name}',
    no: 'Ei kiitos',
    yes: 'Vastaa',
    sending: 'Lähetetään…',
    write: 'Kirjoita vastaus…',
    closing: 'Sulkeutuu muutaman sekunnin kuluttua',
    keep: 'Pidä auki',
    chat: 'Chat',
    unread: { one: '{n} lukematon viesti', other: '{n} lukematonta viestiä' },
    waiting: 'kutsu odottaa',
    shipped: {
      onlineText: 'Keskustele kanssamme',
      offlineText: 'Emme ole paikalla',
      greeting: 'Miten voimme auttaa?',
    },
  },
  fr: {
    from: 'Invitation à discuter de {name}',
    no: 'Non merci',
    yes: 'Répondre',
    sending: 'Envoi…',
    write: 'Écrire une réponse…',
    closing: 'Se ferme dans quelques secondes',
    keep: 'Garder ouvert',
    chat: 'Discussion',
    unread: {
      one: '{n} message non lu',
      many: '{n} messages non lus',
      other: '{n} messages non lus',
    },
    waiting: 'une invitation attend',
    shipped: {
      onlineText: 'Discuter avec nous',
      offlineText: 'Nous sommes absents',
      greeting: 'Comment pouvons-nous aider ?',
    },
  },
  he: {
    from: 'הזמנה לצ׳אט מאת {name}',
    no: 'לא, תודה',
    yes: 'תשובה',
    sending: 'שולחים…',
    write: 'כתיבת תשובה…',
    closing: 'נסגר בעוד כמה שניות',
    keep: 'להשאיר פתוח',
    chat: 'צ׳אט',
    unread: {
      one: 'הודעה אחת שלא נקראה',
      two: 'שתי הודעות שלא נקראו',
      many: '{n} הודעות שלא נקראו',
      other: '{n} הודעות שלא נקראו',
    },
    waiting: 'הזמנה ממתינה',
    shipped: { onlineText: 'דברו איתנו', offlineText: 'אנחנו לא כאן', greeting: 'איך אפשר לעזור?' },
  },
  it: {
    from: 'Invito alla chat da {name}',
    no: 'No, grazie',
    yes: 'Rispondi',
    sending: 'Invio…',
    write: 'Scriva una risposta…',
    closing: 'Si chiude tra pochi secondi',
    keep: 'Lascia aperto',
    chat: 'Chat',
    unread: {
      one: '{n} messaggio non letto',
      many: '{n} messaggi non letti',
      other: '{n} messaggi non letti',
    },
    waiting: 'un invito attende',
    shipped: {
      onlineText: 'Chatta con noi',
      offlineText: 'Non ci siamo',
      greeting: 'Come possiamo aiutare?',
    },
  },
  ja: {
    from: '{name}からのチャットへの招待',
    no: '結構です',
    yes: '返信',
    sending: '送信しています…',
    write: '返信を入力…',
    closing: 'まもなく閉じます',
    keep: '開いたままにする',
    chat: 'チャット',
    unread: { other: '未読メッセージ{n}件' },
    waiting: '招待があります',
    shipped: {
      onlineText: 'チャットで相談',
      offlineText: '現在不在です',
      greeting: 'どのようなご用件ですか?',
    },
  },
  nl: {
    from: 'Uitnodiging voor een chat van {name}',
    no: 'Nee, bedankt',
    yes: 'Antwoorden',
    sending: 'Versturen…',
    write: 'Schrijf een antwoord…',
    closing: 'Sluit over enkele seconden',
    keep: 'Open laten',
    chat: 'Chat',
    unread: { one: '{n} ongelezen bericht', other: '{n} ongelezen berichten' },
    waiting: 'er wacht een uitnodiging',
    shipped: {
      onlineText: 'Chat met ons',
      offlineText: 'Wij zijn er niet',
      greeting: 'Hoe kunnen wij helpen?',
    },
  },
  pl: {
    from: 'Zaproszenie do czatu od: {name}',
    no: 'Nie, dziękuję',
    yes: 'Odpowiedz',
    sending: 'Wysyłanie…',
    write: 'Napisz odpowiedź…',
    closing: 'Zamknie się za kilka sekund',
    keep: 'Zostaw otwarte',
    chat: 'Czat',
    unread: {
      one: '{n} nieprzeczytana wiadomość',
      few: '{n} nieprzeczytane wiadomości',
      many: '{n} nieprzeczytanych wiadomości',
      other: '{n} nieprzeczytanej wiadomości',
    },
    waiting: 'czeka zaproszenie',
    shipped: {
      onlineText: 'Porozmawiaj z nami',
      offlineText: 'Nie ma nas teraz',
      greeting: 'Jak możemy pomóc?',
    },
  },
  pt: {
    from: 'Convite para o chat de {name}',
    no: 'Não, obrigado',
    yes: 'Responder',
    sending: 'A enviar…',
    write: 'Escreva uma resposta…',
    closing: 'Fecha dentro de segundos',
    keep: 'Manter aberto',
    chat: 'Chat',
    unread: {
      one: '{n} mensagem por ler',
      many: '{n} mensagens por ler',
      other: '{n} mensagens por ler',
    },
    waiting: 'há um convite à espera',
    shipped: {
      onlineText: 'Fale connosco',
      offlineText: 'Não estamos',
      greeting: 'Como podemos ajudar?',
    },
  },
  sv: {
    from: 'Inbjudan till chatt från {name}',
    no: 'Nej tack',
    yes: 'Svara',
    sending: 'Skickar…',
    write: 'Skriv ett svar…',
    closing: 'Stängs om några sekunder',
    keep: 'Håll den öppen',
    chat: 'Chatt',
    unread: { one: '{n} oläst meddelande', other: '{n} olästa meddelanden' },
    waiting: 'en inbjudan väntar',
    shipped: {
      onlineText: 'Chatta med oss',
      offlineText: 'Vi är inte här',
      greeting: 'Hur kan vi hjälpa till?',
    },
  },
  tr: {
    from: '{name} sizi sohbete davet ediyor',
    no: 'Hayır, teşekkürler',
    yes: 'Yanıtla',
    sending: 'Gönderiliyor…',
    write: 'Yanıt yazın…',
    closing: 'Birkaç saniye içinde kapanacak',
    keep: 'Açık tut',
    chat: 'Sohbet',
    unread: { one: '{n} okunmamış mesaj', other: '{n} okunmamış mesaj' },
    waiting: 'bekleyen bir davet var',
    shipped: {
      onlineText: 'Bizimle sohbet edin',
      offlineText: 'Şu anda yokuz',
      greeting: 'Nasıl yardımcı olabiliriz?',
    },
  },
  zh: {
    from: '{name}邀请您聊天',
    no: '不用了，谢谢',
    yes: '回复',
    sending: '正在发送…',
    write: '输入回复…',
    closing: '几秒后关闭',
    keep: '保持打开',
    chat: '聊天',
    unread: { other: '{n} 条未读消息' },
    waiting: '有一个邀请在等待',
    shipped: {
      onlineText: '与我们聊天',
      offlineText: '我们暂时不在',
      greeting: '有什么可以帮您？',
    },
  },
} as const satisfies Record<string, Language>

export type LanguageCode = keyof typeof all
export const LANGUAGES: Readonly<Record<LanguageCode, Language>> = all

/** What a visitor may be spoken to in, by code; English is one of them. */
export const LANGUAGE_CODES: readonly string[] = ['en', ...Object.keys(all)]

/** The first wish that can be met: `pt-BR` is met by `pt`. undefined is English. */
export function languageFor(
  wishes: readonly (string | null | undefined)[],
): LanguageCode | undefined {
  for (const wish of wishes) {
    const code = wish?.toLowerCase().split('-')[0]
    if (code === 'en') return undefined
    if (code && Object.hasOwn(all, code)) return code as LanguageCode
  }
  return undefined
}
