# Is a docket whole? Reads one JSON object a line (a docket in hexadecimal, and a head or
# null), writes one answer a line.
#
# Written from docs/reference/docket.md, and from nothing else of this house: a line is
# the canonical JSON of an event (keys sorted by code point, no spaces, UTF-8, no floats;
# quote, backslash and the characters below space escaped, nothing else) and a newline;
# hash is the SHA-256 of prev and the canonical JSON of the event without prev and hash.
# A line is read here as canonical or not at all, so nothing is ever written anew.
# Perl 5 and its core modules alone.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Encode qw(encode_utf8);
use JSON::PP;

my @FIELDS = sort qw(v seq recorded_at day kind by authority source body prev hash);
my %SHORT = (b => "\b", f => "\f", n => "\n", r => "\r", t => "\t", '"' => '"', '\\' => '\\');
my $PLAIN = qr/[^"\\\x00-\x1f]/;
my $ESCAPED = qr/\\["\\bfnrt]|\\u00(?:0[0-7be-f]|1[0-9a-f])/;    # the short ones are short
my $WHOLE = qr/0|-?[1-9][0-9]*/;

my $json = JSON::PP->new->utf8->canonical;

sub text {    # read one, at the place reached in $_; its characters
    /\G"((?:$PLAIN|$ESCAPED)*)"/gc or die "no text\n";
    my $said = $1;
    $said =~ s/\\(?:u([0-9a-f]{4})|(.))/defined $1 ? chr hex $1 : $SHORT{$2}/ge;
    return $said;
}

sub members {    # read an object; its members in order, each [key, where it begins, ends]
    my @members;
    /\G\{/gc or die "no object\n";
    return @members if /\G\}/gc;
    do {
        my $from = pos;
        my $key = text();
        die "keys out of order, or one twice\n" if @members && $key le $members[-1][0];
        /\G:/gc or die "no colon\n";
        value();
        push @members, [$key, $from, pos];
    } while (/\G,/gc);
    /\G\}/gc or die "no end\n";
    return @members;
}

sub value {    # read one of any kind
    if (/\G(?=\{)/gc) { members(); return }
    if (/\G\[/gc) {
        return if /\G\]/gc;
        do { value() } while (/\G,/gc);
        /\G\]/gc or die "no end\n";
        return;
    }
    if (/\G(?=")/gc) { text(); return }
    /\G(?:null|true|false|$WHOLE)(?=[,\]}])/gc or die "no value\n";
}

sub event {    # the hash of a line that follows, or nothing
    my ($line, $seq, $prev) = @_;
    return eval {
        utf8::decode($line) && $line !~ /[\x{d800}-\x{dfff}]|[^\x{0}-\x{10ffff}]/
            or die "no UTF-8\n";
        local $_ = $line;
        pos = 0;
        my @members = members();
        die "more behind it\n" unless pos == length;
        die "other fields\n" unless join(" ", map { $_->[0] } @members) eq join(" ", @FIELDS);
        my (%text, @rest);
        for my $member (@members) {
            my ($key, $from, $to) = @$member;
            my $whole = substr($_, $from, $to - $from);
            $text{$key} = substr($whole, length("\"$key\":"));
            push @rest, $whole unless $key eq "prev" || $key eq "hash";
        }
        die "another version\n" unless $text{v} eq "1";
        die "out of turn\n" unless $text{seq} eq "$seq";
        die "another before\n" unless $text{prev} eq "\"$prev\"";
        my $hash = sha256_hex($prev . encode_utf8("{" . join(",", @rest) . "}"));
        die "another hash\n" unless $text{hash} eq "\"$hash\"";
        $hash;
    };
}

sub check {
    my ($raw, $head) = @_;
    my ($prev, @hashes) = ("0" x 64);
    my @lines = split /\n/, $raw, -1;
    my $tail = pop @lines;
    for my $line (@lines) {
        my $hash = event($line, @hashes + 1, $prev);
        return { says => "changed", line => @hashes + 1, events => 0 + @hashes, head => $prev }
            unless $hash;
        push @hashes, $prev = $hash;
    }
    my %found = (line => undef, events => 0 + @hashes, head => $prev);
    my $known = defined $head
        && (@hashes ? grep { $_ eq $head } @hashes : $head eq $prev);
    if (defined $tail && length $tail) {
        my $says = !defined $head || $known ? "torn" : "changed";
        return { %found, says => $says, line => @hashes + 1 };
    }
    return { %found, says => "whole, head unverified" } unless defined $head;
    return { %found, says => $known ? "whole" : "changed" };
}

$| = 1;
while (my $line = <STDIN>) {
    my $asked = $json->decode($line);
    print $json->encode(check(pack("H*", $asked->{docket}), $asked->{head})), "\n";
}
