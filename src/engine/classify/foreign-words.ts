/**
 * Words that English logs do not use: articles, pronouns, prepositions, conjunctions and auxiliary verbs of each language
 * (closed classes, from their grammars), and the commonest words of logs. Written by hand for this, without a foreign list; spellings that English
 * or programs have, too (die, war, am, im, in, so; hat, den, das; el, es, no, red, las, los; on, est, du, le) are left out. Small letters.
 */
export const FOREIGN_WORDS: ReadonlySet<string> = new Set(`
der dem ein eine einen einem einer eines und oder aber nicht kein keine keinen keiner ist sind wird werden wurde wurden worden haben hatte
kann konnte können sein seine ihre auf aus bei beim mit nach seit vom zu zum zur zwischen durch ohne gegen um bis wegen während wenn weil dass als noch nur schon
sich wieder bereits bitte mehr dieser diese dieses diesem dazu dabei hinter neben über unter vor sowie jedoch keinerlei nun muss
benutzer benutzername kennwort passwort anmeldung abmeldung angemeldet abgemeldet verbindung fehler fehlgeschlagen gescheitert abgebrochen beendet gestartet gestoppt angehalten
datei dateien verzeichnis datenbank dienst dienste sitzung zugriff verweigert abgelehnt gesperrt erfolgreich erfolgreiche warnung gefunden geladen gelesen geschrieben gespeichert
angelegt erstellt entfernt erreicht vorhanden veraltet erhalten gesendet empfangen anfrage antwort speicher speicherplatz festplatte auslastung belegt frei warteschlange
auftrag bestellung rechnung lieferung kunde kunden zahlung lauf schritt vorgang freigabe konto rechner drucker knoten netz zeit dauer sekunden minuten stunden tage wert unbekannt abgeschlossen
verwenden verwendet entfernt umstellen unerwartet ausgefallen defekt verloren fehlt fehlen leer voll seite liefert beantwortet adresse gegenstelle antwortet hergestellt wert datum tabelle unbekannte unbekannter beginnt doppelter verletzt verfügbar
montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar juni juli oktober dezember

una unos unas por sobre entre desde hasta que sus este esta estos como pero más ya muy fue está están
puede pudo debe cuando donde porque según tras ante bajo hacia durante mediante aún
usuario usuaria contraseña clave cuenta sesión acceso conexión servidor servicio archivo fichero directorio datos tabla fallo falló fallido fallida intento intentos denegado rechazado
rechazada bloqueada bloqueado iniciado iniciada detenido terminado finalizada finalizado completado completada correctamente disponible espacio memoria uso cola mensajes
pedido pedidos factura facturas cliente clientes pago envío proceso tarea paso registro registros petición solicitud respuesta devuelve estado equipo sistema tiempo espera segundos minutos
empezando empezado obsoleto obsoleta utilice encontró encontrado encontrada existe existen perdido dañado corrupto apaga responde nodo alcanzado alcanzada lunes martes jueves viernes domingo enero febrero marzo
abril mayo junio julio agosto septiembre octubre noviembre diciembre código línea cierra abrió creó cambió subió falta quedan dejó cerró

une avec dans sous chez sont été être pas qui que où mais donc cette ces leur votre utilisateur connexion fichier erreur échec échoué
serveur démarrage démarré arrêté refusé délai dépassé mémoire disque requête réponse terminé réussi réussie
della delle degli nel nella sono è stato stata utente connessione errore fallito riuscito avvio avviato arrestato scaduto memoria richiesta risposta
uns umas pelo pela foi não são está usuário senha conexão arquivo erro falha falhou sucesso iniciado parado memória pedido resposta
een niet geen wordt werd zijn naar voor bij gebruiker wachtwoord verbinding fout mislukt bestand
nie jest został została błąd użytkownik hasło połączenie plik
`.split(/\s+/).filter(Boolean));

/** Words that these languages share with English texts, file names and codes: they count where something else proves the language. */
export const SHARED_WORDS: ReadonlySet<string> = new Set(`
die war am im ins an von des so als es ab ob er sie wir man alt hier
de la el en se un su ha del lo al no es si ya le da os um dos na com base red disco plus est aux du et ou non
hat das den sin con son han hay para al le les los las il het sans
`.split(/\s+/).filter(Boolean));
