# SPDX-License-Identifier: Apache-2.0
# A web server that says its arguments and its user, and ends when it is asked for /exit.
use IO::Socket::INET;
$| = 1;
my $listener = IO::Socket::INET->new(LocalPort => 8080, Listen => 5, ReuseAddr => 1) or die "cannot listen: $!";
print "listening\n";
while (my $client = $listener->accept) {
    my $asked = "";
    while (my $line = <$client>) {
        $asked .= $line;
        last if $line =~ /^\r?\n/;
    }
    print $client "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n@ARGV as $<";
    close $client;
    exit 7 if $asked =~ m{^GET /exit};
}
