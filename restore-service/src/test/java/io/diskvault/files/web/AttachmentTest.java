package io.diskvault.files.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AttachmentTest {
    @Test
    void aNameCannotEndTheFieldOrLeadAway() {
        assertEquals(
                "attachment; filename=\"report 1.pdf\"; filename*=UTF-8''report%201.pdf",
                Attachment.of("report 1.pdf"));
        assertEquals(
                "attachment; filename=\"a_b__c_ .txt\"; filename*=UTF-8''a%22b__c%C3%BC%20.txt",
                Attachment.of("a\"b\r\nc\u00fc .txt"));
        assertEquals("attachment; filename=\".._.._x\"; filename*=UTF-8''.._.._x", Attachment.of("..\\../x"));
    }
}
