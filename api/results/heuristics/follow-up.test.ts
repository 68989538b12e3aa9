import { describe, expect, test } from 'vitest';
import { textFlags } from '../flags.js';

const facts = { finishReason: 'stop', outputTokens: 100, maxTokens: 512 };
const asks = (text: string) => textFlags(text, facts).asksFollowUp;

describe('asks a follow-up', () => {
  test.each([
    'I am sorry to hear that. Could you please share your order number?',
    'Day one: Alfama. Day two: Belém. Would you like restaurant tips as well?',
    'Happy to help! Which city are you flying from?',
    'Sure. Which version?',
    'To look into this I need one detail. What is your order number?\n\nBest regards,\nThe Support Team',
    'Could you send me a screenshot? With it I can tell which driver is missing.',
    'That depends on the framework.\n\nAre you using React or Vue?',
    'To narrow it down, could you tell me:\n\n- Which operating system do you use?\n- When did it start?',
    'Before I book anything, could you answer two questions?\n1. What is your budget?\n2. Which dates suit you?',
    'Should I go ahead and cancel the subscription?',
    'I can write this in Python or Go. **Which one would you prefer?**',
    'Have you tried restarting the router? If not, please do that first.',
    'What time works best for you: 10 am or 2 pm?',
    'A few clarifying questions:\n\n1. What is your budget?\n2. When do you need it?',
    'Photosynthesis is how plants make food.\n\nWant me to go deeper into the light reactions?',
    'Um Ihnen zu helfen, brauche ich weitere Angaben:\n- Welches Modell haben Sie?\n- Seit wann besteht der Fehler?',
    'Gostaria que eu explicasse melhor?',
    'Souhaitez-vous que je vous explique comment faire ?',
    'Хотите, чтобы я оформил возврат?',
    '需要我帮您取消订单吗？',
    'キャンセルいたしましょうか？',
    'ما هو رقم طلبك؟',
    'आपका ऑर्डर नंबर क्या है?',
    'Das tut mir leid. Könnten Sie mir bitte Ihre Bestellnummer nennen?',
    'Gerne! Welche Größe brauchst du?',
    'Soll ich die Bestellung stornieren?',
    'Je suis désolé. Pourriez-vous me donner votre numéro de commande ?',
    'Bien sûr ! Quelle taille souhaites-tu ?',
    'Lo siento mucho. ¿Podrías compartir tu número de pedido?',
    'Claro que sí. ¿Cuál es su dirección de envío?',
    'Sinto muito. Você poderia me informar o número do pedido?',
    'Claro! Qual é o seu endereço de entrega?',
    'Мне очень жаль. Не могли бы вы сообщить номер заказа?',
    'Конечно! Какой у вас размер?',
    'آسف لسماع ذلك. هل يمكنك تزويدي برقم الطلب؟',
    'मुझे खेद है। क्या आप अपना ऑर्डर नंबर बता सकते हैं?',
    '很抱歉给您带来不便。请问您的订单号是多少？',
    'ご不便をおかけして申し訳ございません。ご注文番号を教えていただけますか。',
    '承知しました。どちらのサイズをご希望ですか？',
  ])('%j', (text) => expect(asks(text)).toBe(true));
});

describe('asks no follow-up', () => {
  test.each([
    ['a statement', 'Your refund is on its way.'],
    ['courtesy', 'Your refund is on its way. Is there anything else I can help you with?'],
    ['more courtesy', 'The meeting is at noon. Do you have any other questions?'],
    ['a check of understanding', 'Photosynthesis turns light into sugar. Does that make sense?'],
    ['German courtesy', 'Ihre Erstattung ist unterwegs. Kann ich sonst noch etwas für Sie tun?'],
    ['French courtesy', 'Votre remboursement est en route. Puis-je vous aider pour autre chose ?'],
    ['Spanish courtesy', 'Su reembolso está en camino. ¿Hay algo más en lo que pueda ayudarle?'],
    ['Portuguese courtesy', 'O seu reembolso está a caminho. Posso ajudar com mais alguma coisa?'],
    ['Russian courtesy', 'Возврат уже оформлен. Могу ли я помочь вам чем-нибудь ещё?'],
    ['Arabic courtesy', 'تم إرسال المبلغ. هل هناك أي شيء آخر يمكنني مساعدتك به؟'],
    ['Hindi courtesy', 'आपका रिफंड भेज दिया गया है। क्या मैं आपकी कुछ और मदद कर सकता हूँ?'],
    ['Chinese courtesy', '退款已经处理。请问还有什么可以帮您的吗？'],
    ['Japanese courtesy', '返金手続きが完了しました。他に何かお手伝いできることはございますか？'],
    ['a question that the text answers', 'Why is the sky blue? Because short waves scatter more than long ones.'],
    ['an opener in front of its answer', 'Have you ever wondered why the sky is blue? It is the scattering of light.'],
    ['a tag', 'It is a lovely little town, right?'],
    ['rhetoric at the end', 'The view from the top is worth every step. And really, who knows?'],
    ['the slogan of an advertisement', 'Fresh coffee, ground for you every morning. What are you waiting for?'],
    [
      'the end of a story',
      `${'The old man closed the door and walked down to the sea. '.repeat(6)}And who would remember her?`,
    ],
    ['a question in quotation marks', 'At the border they will ask you: “Do you have anything to declare?”'],
    ['a question in code', 'Ask for the name like this:\n\n```python\nname = input("What is your name?")\n```'],
    ['a question in inline code', 'Set the prompt to `What is your name?`'],
    ['an FAQ', '**How do I reset my password?**\nOpen the settings and choose “Reset”.'],
    ['an FAQ with Q and A', 'Q: Can I return my order?\nA: Yes, within thirty days.'],
    ['a heading', '## Do you need a visa?\nNot for stays of up to ninety days.'],
    [
      'interview questions',
      'Here are three questions for the interview:\n\n1. Why do you want to work here?\n2. What is your biggest strength?\n3. Where do you see yourself in five years?',
    ],
    ['a poll in a table', '| Question | Answer |\n|---|---|\n| Do you like it? | yes |'],
    [
      'a drafted message',
      'Here is a draft:\n\nSubject: Refund for order 1234\n\nDear team,\n\ncould you please refund my order?\n\nBest regards,\nAda',
    ],
    [
      'a question in the middle',
      'Would you like tea? I would.\n\nAnyway, the recipe needs two cups of flour and one egg.',
    ],
    ['a quoted customer', '> Can you send me the invoice?\n\nThe invoice was sent on Monday.'],
    ['a dialogue', 'Interviewer: Why do you want this job?\nCandidate: Because I love the product.'],
    ['an address', 'You find it here: https://example.com/search?q=what&your=1?'],
    ['riddles', 'Here are two riddles:\n1. What has keys but can’t open locks?\n2. What gets wetter as it dries?'],
    ['a survey', 'Sample survey:\n\n1. How satisfied are you?\n2. Would you recommend us to a friend?'],
    ['a greeting', 'Hello! How can I help you today?'],
    ['a Spanish greeting', '¡Hola! ¿En qué puedo ayudarte hoy?'],
    ['a Spanish opener', '¿Sabías que el corazón late 100.000 veces al día? Es un músculo increíble.'],
    ['a Japanese question that the text answers', 'なぜ空は青いのでしょうか？それは光の散乱のためです。'],
    ['a Chinese question that the text answers', '为什么天空是蓝色的？因为短波光更容易散射。'],
    ['nothing', ''],
  ])('%s', (_, text) => expect(asks(text)).toBe(false));
});

test('says which question triggered it', () => {
  expect(textFlags('Sorry about that. Could you share your order number?', facts).notes).toEqual([
    { about: 'asksFollowUp', reason: 'asks “Could you share your order number?”' },
  ]);
});
